import { plainToInstance } from 'class-transformer';
import { validateOrReject, type ValidatorOptions } from 'class-validator';
import { BadRequestError, type ParamMetadata } from 'routing-controllers';
import type { Class } from '../plugin/tokens.ts';
import { expectsArray, expectsInstance, notAnInstance } from './expected-instance.ts';
import { instantiationOf } from './instantiation.ts';
import type { ActionOptions } from './plugin-routes.ts';
import { isPromiseLike } from './promises.ts';
import { conversions } from './string-conversions.ts';
import { compileSurelyValid } from './sure-validation.ts';
import { whyUntransformable } from './untransformable.ts';

/** Makes an instance of a parameter's class out of a plain value, and checks it. */
export type Validation = (value: unknown) => unknown;

/** What class-transformer and class-validator do for a parameter; undefined where its type is not a class of somebody's. */
export function compileValidation(parameter: ParamMetadata, options: ActionOptions): Validation | undefined {
  const type: unknown = parameter.targetType;
  if (typeof type !== 'function' || type === Object) return undefined;
  const target = type as Class<object>;
  const ofOne = compileOne(parameter, target, options);
  if (!expectsInstance(parameter)) return ofOne;
  const takesArray = expectsArray(parameter);
  return (value) => {
    if (!Array.isArray(value)) return ofOne(value);
    if (takesArray) return allOf(value.map(ofOne));
    throw notAnInstance(parameter, value);
  };
}

/** With which options an object of a parameter's class is checked; undefined where it is not. */
export function validationOf(parameter: ParamMetadata, options: ActionOptions): ValidatorOptions | undefined {
  const type: unknown = parameter.targetType;
  if (typeof type !== 'function' || type === Object || conversions.has(parameter.targetName))
    return undefined;
  return staysPlain(parameter, options) ? undefined : validatorOptions(parameter, options);
}

function compileOne(parameter: ParamMetadata, target: Class<object>, options: ActionOptions): Validation {
  const transform = compileTransform(parameter, target, options);
  const validator = validatorOptions(parameter, options);
  if (!validator) return transform ?? ((value) => value);
  const mustBeInstance = transform !== undefined && expectsInstance(parameter);
  const isSurelyValid = compileSurelyValid(validator);
  return (value) => {
    const instance = transform ? transform(value) : value;
    if (instance instanceof target) {
      return isSurelyValid(instance) ? instance : validate(instance, parameter, validator);
    }
    if (mustBeInstance && instance !== null && instance !== undefined) throw notAnInstance(parameter, value);
    return instance;
  };
}

function allOf(values: unknown[]): unknown {
  return values.some(isPromiseLike) ? Promise.all(values) : values;
}

/** undefined where class-transformer is off: then a plain value stays one, and is not validated. */
function compileTransform(
  parameter: ParamMetadata,
  target: Class<object>,
  options: ActionOptions,
): Validation | undefined {
  if (staysPlain(parameter, options)) return undefined;
  const settings = parameter.classTransform ?? options.plainToClassTransformOptions;
  const instantiate = settings
    ? (value: unknown): unknown => plainToInstance(target, value, settings)
    : instantiationOf(target);
  return (value) => {
    if (value instanceof target) return value;
    try {
      return instantiate(value);
    } catch (error) {
      throw refusal(error, value, parameter);
    }
  };
}

function staysPlain({ actionMetadata }: ParamMetadata, { classTransformer }: ActionOptions): boolean {
  return classTransformer === false || actionMetadata.options.transformRequest === false;
}

/** The client's fault where its value is one that class-transformer can't take; else that of the class. */
function refusal(error: unknown, value: unknown, { type }: ParamMetadata): unknown {
  const isStumble = error instanceof TypeError || error instanceof RangeError;
  const reason = isStumble ? whyUntransformable(value) : undefined;
  return reason === undefined ? error : new BadRequestError(`Invalid ${type}: ${reason}.`);
}

/** undefined where nothing is validated. */
function validatorOptions({ validate }: ParamMetadata, options: ActionOptions): ValidatorOptions | undefined {
  const enabled = options.validation === undefined || Boolean(options.validation);
  const wanted = validate instanceof Object || validate === true || (enabled && validate !== false);
  if (!wanted) return undefined;
  const shared = options.validation instanceof Object ? options.validation : undefined;
  return { forbidUnknownValues: false, ...shared, ...(validate instanceof Object ? validate : undefined) };
}

async function validate(
  value: object,
  { type, name }: ParamMetadata,
  options: ValidatorOptions,
): Promise<object> {
  try {
    await validateOrReject(value, options);
    return value;
  } catch (errors) {
    const error = new BadRequestError(`Invalid ${type}, check 'errors' property for more info.`);
    throw Object.assign(error, { errors, paramName: name });
  }
}
