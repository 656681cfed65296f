import type { ParamMetadata } from 'routing-controllers';
import { isList } from './expected-instance.ts';
import { InvalidParamError } from './parameter-errors.ts';
import { conversions } from './string-conversions.ts';

/**
 * What becomes of a value that is no string, where a parameter of the client has a simple type: JSON bodies have such values,
 * and a repeated key gives a list. What is of another type, or several where one is wanted, is 400; routing-controllers would
 * pass it on as it came. undefined for any other parameter.
 */
export function compileSimpleValue(parameter: ParamMetadata): ((value: unknown) => unknown) | undefined {
  const { name, type, targetName } = parameter;
  const fromString = conversions.get(targetName);
  if (!fromString || !fromClient.has(type)) return undefined;
  const takesList = isList(parameter);
  const ofOne = (value: unknown): unknown => {
    if (typeof value === 'string') return fromString(value, name);
    const known = fromJson(value, targetName);
    if (known === undefined) throw new InvalidParamError(value, name, targetName);
    return known;
  };
  return (value) => {
    if (!Array.isArray(value)) return takesList ? [ofOne(value)] : ofOne(value);
    if (!takesList) throw new InvalidParamError(value, name, targetName);
    return value.map(ofOne);
  };
}

// Not those of a path: whether they are lists is what the route says.
const fromClient: ReadonlySet<string> = new Set(['body-param', 'query', 'header', 'cookie']);

/** undefined where the value is of another type. */
function fromJson(value: unknown, targetName: string): unknown {
  if (typeof value === 'number' && targetName === 'date') {
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? undefined : date;
  }
  return typeof value === targetName ? value : undefined;
}
