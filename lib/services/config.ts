import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { invalidConfig, type ConfigProblem } from '../errors/config-errors.ts';
import { describeThrown } from '../errors/lifecycle-errors.ts';
import { kindOf, pluginSettings } from '../plugin/expected-settings.ts';
import type { ConfigValue } from '../plugin/status.ts';
import { tokenName, type Class } from '../plugin/tokens.ts';
import {
  isPlain,
  mergeValues,
  originOf,
  type ConfigLayer,
  type ConfigOrigin,
  type ConfigSources,
} from './config-layer.ts';
import { ConfigShape, shapeOrNone } from './config-shape.ts';
import { configValues } from './config-values.ts';
import { readVariables, type VariableReading } from './config-variables.ts';
import { guardSecrets } from './secret.ts';
import type { Secrets } from './secrets.ts';
import { upperSnake, variablePrefix } from './variables.ts';

/**
 * Makes an instance of a plugin's `config` class: its own defaults, then what the sources give over them, then validation.
 *
 * @throws PluginError INVALID_CONFIG with every wrong value
 */
export async function createConfig(
  plugin: string,
  type: Class,
  sources: ConfigSources,
): Promise<CreatedConfig> {
  const { instance, problems, layers } = await inspectConfig(plugin, type, sources);
  if (instance && problems.length === 0) {
    guardSecrets(instance);
    return { instance, values: configValues(instance, layers) };
  }
  throw invalidConfig(plugin, tokenName(type), problems);
}

export interface CreatedConfig {
  /** For the plugin. */
  readonly instance: object;
  /** The same for people to look at. */
  readonly values: readonly ConfigValue[];
}

/** What would be injected, and everything that is wrong with it. */
export interface InspectedConfig {
  /** What has a say, the strongest last. */
  readonly layers: readonly ConfigLayer[];
  /** undefined where none could be made. */
  readonly instance: object | undefined;
  readonly problems: readonly ConfigProblem[];
}

/** Makes the instance and finds every wrong value, and throws for none. */
export async function inspectConfig(
  plugin: string,
  type: Class,
  sources: ConfigSources,
): Promise<InspectedConfig> {
  const { file, settings, secrets } = sources;
  const shape = shapeOrNone(type);
  const variables = shape && variablesOf(plugin, shape, sources);
  const layers = [file, variables?.layer, settings].filter(
    (layer) => layer && hasValues(layer),
  ) as ConfigLayer[];
  const misfits = layers.flatMap(misfitOf);
  if (misfits.length > 0) return { instance: undefined, problems: misfits, layers };
  const values = (mergeValues(layers.map((layer) => layer.values)) ?? {}) as Settings;
  if (shape && secrets) for (const layer of layers) addSecrets(layer.values, shape, secrets);
  const made = makeInstance(type, values);
  if ('problem' in made) return { instance: undefined, problems: [made.problem], layers };
  secrets?.addMarked(made.instance);
  const refused = variables?.problems ?? [];
  const errors = await validate(made.instance, { forbidUnknownValues: false });
  const found = [...unknownKeys(made.instance, values, ''), ...errors.flatMap((error) => flatten(error, ''))];
  const others = found.filter(({ path }) => !refused.some((problem) => problem.path === path));
  return {
    instance: made.instance,
    layers,
    problems: [...refused, ...others.map((problem) => located(problem, layers))],
  };
}

type Settings = Readonly<Record<string, unknown>>;

function variablesOf(
  plugin: string,
  shape: ConfigShape,
  { variables, secrets }: ConfigSources,
): VariableReading | undefined {
  const prefix = variablePrefix(plugin);
  return variables && readVariables(shape, { variables, prefix, taken: settingVariables, secrets });
}

/** What variables say of the plugin itself, they never say of its config class. */
const settingVariables: ReadonlySet<string> = new Set(
  Object.keys(pluginSettings)
    .filter((key) => key !== 'config')
    .map(upperSnake),
);

function hasValues({ values }: ConfigLayer): boolean {
  return values !== undefined && values !== null;
}

function misfitOf({ values, originOf }: ConfigLayer): readonly ConfigProblem[] {
  const misfit = isSettings(values) ? undefined : `must be an object, not ${kindOf(values)}`;
  const message = misfit ?? (leadsBack(values) ? 'must not hold itself' : undefined);
  return message === undefined ? [] : [{ path: '', message, origin: originOf([]) }];
}

/** Whether following what is in it has no end. */
function leadsBack(value: unknown, around: readonly unknown[] = []): boolean {
  if (!isPlain(value) && !Array.isArray(value)) return false;
  const inner = [...around, value];
  return around.includes(value) || Object.values(value).some((part) => leadsBack(part, inner));
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a stronger source has outdone is a secret all the same. */
function addSecrets(values: unknown, shape: ConfigShape, secrets: Secrets): void {
  if (!isPlain(values)) return;
  for (const [key, value] of Object.entries(values)) {
    if (shape.isSecret(key)) secrets.add(value);
    else for (const [part, inside] of shape.partsOf(key, value)) addSecrets(part, inside, secrets);
  }
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
  const known = new Set(ConfigShape.of(type).keys);
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

function flatten(error: ValidationError, parent: string): readonly ConfigProblem[] {
  const path = parent + error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({
    path,
    message: `${withoutValue(message, error.value)}, but is ${kindOf(error.value)}`,
    isMissing: error.value === undefined,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, `${path}.`))];
}

// Never the value itself, it may be a secret; a message of the author's may hold it as `$value`.
function withoutValue(message: string, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.length > 3 ? message.replaceAll(text, '…') : message;
}

function located(
  { path, message, isMissing = false }: ConfigProblem & { readonly isMissing?: boolean },
  layers: readonly ConfigLayer[],
): ConfigProblem {
  const origin: ConfigOrigin | undefined = originOf(path.split('.'), layers);
  return { path, message, origin: origin ?? (isMissing ? undefined : { text: 'the default of its class' }) };
}
