import type { ParamMetadata } from 'routing-controllers';
import { isList } from './expected-instance.ts';
import { InvalidParamError } from './parameter-errors.ts';

type StringConversion = (value: string) => unknown;
export type NamedConversion = (value: string, name: string) => unknown;

/** What a string becomes for a parameter of a simple type or a list; undefined for any other type. */
export function compileString(parameter: ParamMetadata): StringConversion | undefined {
  const { targetName, name } = parameter;
  if (targetName === 'array') return (value) => [value];
  const convert = conversions.get(targetName);
  if (!convert) return undefined;
  return isList(parameter) ? (value) => [convert(value, name)] : (value) => convert(value, name);
}

/** By the name of the type, as routing-controllers writes it. */
export const conversions: ReadonlyMap<string, NamedConversion> = new Map<string, NamedConversion>([
  ['number', toNumber],
  ['boolean', toBoolean],
  ['date', toDate],
  ['string', (value) => value],
]);

function toNumber(value: string, name: string): number {
  const number = Number(value);
  if (Number.isNaN(number) || value.trim() === '') throw new InvalidParamError(value, name, 'number');
  return number;
}

function toBoolean(value: string, name: string): boolean {
  if (value === 'true' || value === '1' || value === '') return true;
  if (value === 'false' || value === '0') return false;
  throw new InvalidParamError(value, name, 'boolean');
}

function toDate(value: string, name: string): Date {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw new InvalidParamError(value, name, 'date');
  return date;
}
