import { BadRequestError, type ParamMetadata } from 'routing-controllers';
import type { Class } from '../plugin/tokens.ts';
import { designTypes } from './parameter-types.ts';

/** Whether a parameter that the client fills has somebody's class as its type: only an object can become one. */
export function expectsInstance({ type, targetType, targetName, isArray }: ParamMetadata): boolean {
  if (!fromClient.has(type) || isArray) return false;
  return typeof targetType === 'function' && !builtIn.has(targetName);
}

/** `@Body({ type: Dto }) list: Dto[]`. */
export function expectsArray({ actionMetadata, method, index }: ParamMetadata): boolean {
  const { prototype } = actionMetadata.target;
  return designTypes(prototype as object, method)?.[index] === Array;
}

/** `{ isArray: true }`, or `{ type: Number } numbers: number[]`. */
export function isList(parameter: ParamMetadata): boolean {
  return parameter.isArray || expectsArray(parameter);
}

/** What routing-controllers would pass on as it came, past validation. */
export function notAnInstance({ type, targetType }: ParamMetadata, value: unknown): BadRequestError {
  const given = Array.isArray(value) ? 'an array' : `a ${typeof value}`;
  return new BadRequestError(
    `Invalid ${type}, ${given} was given where one ${(targetType as Class).name} is expected.`,
  );
}

const fromClient: ReadonlySet<string> = new Set(['body', 'body-param', 'query', 'header', 'cookie']);

const builtIn: ReadonlySet<string> = new Set(['array', 'object', 'map', 'set', 'buffer', 'date']);
