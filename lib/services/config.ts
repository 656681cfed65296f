import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import { invalidConfig, type ConfigProblem } from '../errors/lifecycle-errors.ts';
import { tokenName, type Class } from '../plugin/tokens.ts';

/**
 * Makes an instance of a plugin's `config` class: its own defaults, then `given` over them, then validation.
 *
 * @throws PluginError INVALID_CONFIG with every wrong value
 */
export async function createConfig(plugin: string, type: Class, given: unknown): Promise<object> {
  const settings = given ?? {};
  if (typeof settings !== 'object' || Array.isArray(settings)) {
    throw invalidConfig(plugin, tokenName(type), [
      { path: '', message: `must be an object, not ${describe(settings)}` },
    ]);
  }
  // What an unset environment variable leaves undefined is not given: the default stands.
  const values = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const defaults = new type() as object;
  const instance = plainToInstance(type, { ...defaults, ...values }) as object;
  const unknown = unknownKeys(type, defaults, values);
  const errors = await validate(instance, { forbidUnknownValues: false });
  const problems = [...unknown, ...errors.flatMap((error) => flatten(error, ''))];
  if (problems.length > 0) throw invalidConfig(plugin, tokenName(type), problems);
  return instance;
}

function unknownKeys(type: Class, defaults: object, values: object): readonly ConfigProblem[] {
  const decorated = getMetadataStorage()
    .getTargetValidationMetadatas(type, '', true, false)
    .map(({ propertyName }) => propertyName);
  const known = new Set([...Object.keys(defaults), ...decorated]);
  if (known.size === 0) return [];
  return Object.keys(values)
    .filter((key) => !known.has(key))
    .map((key) => ({
      path: key,
      message: `is not a setting of ${tokenName(type)} (it has ${[...known].join(', ')})`,
    }));
}

function flatten(error: ValidationError, parent: string): readonly ConfigProblem[] {
  const path = parent + error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({
    path,
    message: `${withoutValue(message, error.value)}, but is ${describe(error.value)}`,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, `${path}.`))];
}

// Never the value itself, it may be a secret; a message of the author's may hold it as `$value`.
function withoutValue(message: string, value: unknown): string {
  const isTelling = typeof value === 'string' && value.length > 3;
  return isTelling ? message.replaceAll(value, '…') : message;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return value === undefined ? 'missing' : `a ${typeof value}`;
}
