import type { Secrets } from './secrets.ts';
import type { Variables } from './variables.ts';

/** Where a value was written. */
export interface ConfigOrigin {
  /** For people: `plugboard.config.yaml:7`, `PLUGBOARD_MAIL_PORT`, `createHost settings`. */
  readonly text: string;
  readonly file?: string | undefined;
  /** From 1 on. */
  readonly line?: number | undefined;
  readonly variable?: string | undefined;
}

/** Raw values of one place. */
export interface ConfigLayer {
  readonly values: unknown;
  /** Of what is at `path` within the values. */
  originOf(path: readonly string[]): ConfigOrigin;
}

/** Where the values of one plugin's config class come from, in the order of rising force. */
export interface ConfigSources {
  readonly file?: ConfigLayer | undefined;
  readonly variables?: Variables | undefined;
  readonly settings?: ConfigLayer | undefined;
  /** Told of every secret among them. */
  readonly secrets?: Secrets | undefined;
}

type Values = Readonly<Record<string, unknown>>;

/** Objects are put over each other key by key; all else as a whole. `undefined` says nothing. */
export function mergeValues(layers: readonly unknown[]): unknown {
  let merged: unknown;
  for (const layer of layers) {
    if (layer !== undefined)
      merged = isPlain(merged) && isPlain(layer) ? mergeTwo(merged, layer) : given(layer);
  }
  return merged;
}

/** The strongest of the places that have something at `path`. */
export function originOf(path: readonly string[], layers: readonly ConfigLayer[]): ConfigOrigin | undefined {
  return layers.findLast(({ values }) => isThere(values, path))?.originOf(path);
}

export function isPlain(value: unknown): value is Values {
  if (typeof value !== 'object' || value === null) return false;
  return [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}

function mergeTwo(weaker: Values, stronger: Values): Values {
  const keys = new Set([...Object.keys(weaker), ...Object.keys(stronger)]);
  const merged = [...keys].map((key) => [key, mergeValues([weaker[key], stronger[key]])] as const);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

// What an unset environment variable leaves undefined is not given: the default stands.
function given(value: unknown): unknown {
  return isPlain(value) ? mergeTwo({}, value) : value;
}

function isThere(values: unknown, path: readonly string[]): boolean {
  let at = values;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Values)[key];
  }
  return at !== undefined;
}
