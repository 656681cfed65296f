import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import { describeThrown, invalidConfig, type ConfigProblem } from '../errors/lifecycle-errors.ts';
import { tokenName, type Class } from '../plugin/tokens.ts';

/**
 * Makes an instance of a plugin's `config` class: its own defaults, then `given` over them, then validation.
 *
 * @throws PluginError INVALID_CONFIG with every wrong value
 */
export async function createConfig(plugin: string, type: Class, given: unknown): Promise<object> {
  const settings = given ?? {};
  const refuse = (problems: readonly ConfigProblem[]): never => {
    throw invalidConfig(plugin, tokenName(type), problems);
  };
  if (!isSettings(settings)) {
    return refuse([{ path: '', message: `must be an object, not ${describe(settings)}` }]);
  }
  const values = withoutUndefined(settings);
  const made = makeInstance(type, values);
  if ('problem' in made) return refuse([made.problem]);
  const errors = await validate(made.instance, { forbidUnknownValues: false });
  const problems = [
    ...unknownKeys(made.instance, values, ''),
    ...errors.flatMap((error) => flatten(error, '')),
  ];
  return problems.length > 0 ? refuse(problems) : made.instance;
}

type Settings = Readonly<Record<string, unknown>>;

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// What an unset environment variable leaves undefined is not given: the default stands.
function withoutUndefined(settings: Settings): Settings {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]) => [key, isPlain(value) ? withoutUndefined(value) : value]),
  );
}

function isPlain(value: unknown): value is Settings {
  return isSettings(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function makeInstance(
  type: Class,
  values: Settings,
): { readonly instance: object } | { readonly problem: ConfigProblem } {
  try {
    const defaults = new type() as object;
    return { instance: plainToInstance(type, { ...defaults, ...values }) as object };
  } catch (error) {
    const message = `could not be made into ${tokenName(type)}: ${describeThrown(error)}`;
    return { problem: { path: '', message } };
  }
}

/** Keys of `values`, and of what is nested in it, that `instance` and its like have no setting for. */
function unknownKeys(instance: object, values: Settings, parent: string): readonly ConfigProblem[] {
  const type = instance.constructor as Class;
  if (type === Object) return [];
  const known = knownKeys(type);
  const unknown = known.size === 0 ? [] : Object.keys(values).filter((key) => !known.has(key));
  const own = unknown.map((key) => ({
    path: parent + key,
    message: `is not a setting of ${tokenName(type)} (it has ${[...known].join(', ')})`,
  }));
  const nested = Object.entries(values).flatMap(([key, value]) => {
    const made: unknown = (instance as Settings)[key];
    return isPlain(value) && isSettings(made) ? unknownKeys(made, value, `${parent}${key}.`) : [];
  });
  return [...own, ...nested];
}

function knownKeys(type: Class): ReadonlySet<string> {
  const decorated = getMetadataStorage()
    .getTargetValidationMetadatas(type, '', true, false)
    .map(({ propertyName }) => propertyName);
  return new Set([...Object.keys(new type() as object), ...decorated]);
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
