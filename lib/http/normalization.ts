import 'reflect-metadata';
import type { ParamMetadata } from 'routing-controllers';
import { expectsInstance } from './expected-instance.ts';
import { ParameterParseJsonError } from './parameter-errors.ts';
import type { ActionOptions } from './plugin-routes.ts';
import { isPromiseLike, whenReady } from './promises.ts';
import { compileSimpleValue } from './simple-values.ts';
import { compileString, conversions } from './string-conversions.ts';
import { compileValidation } from './validation.ts';

/** Turns a raw value into one of the parameter's type; gives a promise only where validation does. */
export type Normalization = (value: unknown) => unknown;

/** What routing-controllers makes of a raw value, decided once for each parameter. */
export function compileNormalization(parameter: ParamMetadata, options: ActionOptions): Normalization {
  const fromString = compileString(parameter);
  const ofProperties = compileProperties(parameter, options);
  const toTarget = compileTarget(parameter, options);
  const fromArray = compileArray(parameter, toTarget);
  const ofSimpleType = compileSimpleValue(parameter);
  return (value) => {
    if (value === null || value === undefined) return value;
    if (ofProperties && typeof value === 'object') {
      const normalized = ofProperties(value as Record<string, unknown>);
      return toTarget ? whenReady(normalized, toTarget) : normalized;
    }
    if (typeof value === 'string') {
      if (fromString) return fromString(value);
    } else if (ofSimpleType) {
      return ofSimpleType(value);
    } else if (Array.isArray(value)) {
      return fromArray(value);
    }
    return toTarget ? toTarget(value) : value;
  };
}

function compileArray(parameter: ParamMetadata, toTarget: Normalization | undefined): Normalization {
  const convert = conversions.get(parameter.targetName);
  if (convert) return (values) => (values as string[]).map((value) => convert(value, parameter.name));
  return toTarget && expectsInstance(parameter) ? toTarget : (values) => values;
}

type Properties = Record<string, unknown>;

/** `@QueryParams() query: Filter`: each string becomes what the property's decorator metadata says. */
function compileProperties(
  parameter: ParamMetadata,
  options: ActionOptions,
): ((values: Properties) => unknown) | undefined {
  if (!['queries', 'headers', 'params', 'cookies'].includes(parameter.type)) return undefined;
  const prototype: unknown =
    typeof parameter.targetType === 'function' ? parameter.targetType.prototype : undefined;
  const known = new Map<string, Normalization | undefined>();
  const forKey = (key: string): Normalization | undefined => {
    if (!known.has(key)) known.set(key, propertyNormalization(prototype, key, parameter, options));
    return known.get(key);
  };
  return (values) => {
    // A copy: the request's own headers and parameters stay as they came.
    const normalized: Properties = { ...values };
    const pending: PromiseLike<void>[] = [];
    for (const key of Object.keys(values)) {
      const value = values[key];
      const normalize = typeof value === 'string' && hasDesignType(prototype, key) ? forKey(key) : undefined;
      if (!normalize) continue;
      const result = normalize(value);
      if (isPromiseLike(result)) pending.push(result.then((ready) => void (normalized[key] = ready)));
      else normalized[key] = result;
    }
    return pending.length > 0 ? Promise.all(pending).then(() => normalized) : normalized;
  };
}

// Asked before a normalization is made and kept: the keys are the client's, and there is no end to them.
function hasDesignType(prototype: unknown, key: string): boolean {
  return (
    typeof prototype === 'object' && prototype !== null && Reflect.hasMetadata('design:type', prototype, key)
  );
}

function propertyNormalization(
  prototype: unknown,
  key: string,
  parameter: ParamMetadata,
  options: ActionOptions,
): Normalization | undefined {
  const type: unknown = Reflect.getMetadata('design:type', prototype as object, key);
  if (typeof type !== 'function') return undefined;
  const property = Object.assign(Object.create(parameter) as ParamMetadata, {
    name: key,
    targetType: type,
    targetName: type.name.toLowerCase(),
  });
  return compileNormalization(property, options);
}

/** What a value that is not simple goes through: JSON, class-transformer, class-validator. */
function compileTarget(parameter: ParamMetadata, options: ActionOptions): Normalization | undefined {
  const isPrimitive = ['number', 'string', 'boolean'].includes(parameter.targetName);
  if (isPrimitive || !(parameter.parse || parameter.isTargetObject) || parameter.type === 'param')
    return undefined;
  const validate = compileValidation(parameter, options);
  return (value) => {
    const parsed = typeof value === 'string' ? parseJson(value, parameter.name) : value;
    return validate ? validate(parsed) : parsed;
  };
}

function parseJson(value: string, name: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new ParameterParseJsonError(name, value);
  }
}
