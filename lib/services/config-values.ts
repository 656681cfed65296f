import type { ConfigValue } from '../plugin/status.ts';
import { originOf, type ConfigLayer } from './config-layer.ts';
import { conceal, secretKeysOf } from './secret.ts';

/** Everything in a config object, for people to look at: plain values, secrets concealed, each with its origin. */
export function configValues(config: object, layers: readonly ConfigLayer[]): readonly ConfigValue[] {
  return valuesIn(config, [], layers);
}

function valuesIn(
  object: object,
  parent: readonly string[],
  layers: readonly ConfigLayer[],
): readonly ConfigValue[] {
  const shown = plainOf(object) as Readonly<Record<string, unknown>>;
  const secrets = secretKeysOf(object);
  return Object.entries(object).flatMap(([key, value]) => {
    const path = [...parent, key];
    const isShown = Object.hasOwn(shown, key);
    if (isShown && !secrets.has(key) && isInside(value)) return valuesIn(value, path, layers);
    const origin = originOf(path, layers)?.text ?? 'default';
    const plain = secrets.has(key) ? conceal(value) : shown[key];
    return isShown ? [{ path: path.join('.'), value: plain, origin }] : [];
  });
}

/** What has settings of its own; a list is one value, and so is what JSON makes a text of. */
function isInside(value: unknown): value is object {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && typeof plainOf(value) === 'object' && Object.keys(value).length > 0;
}

/** As JSON has it, which asks each object what may be seen. */
function plainOf(value: object): unknown {
  try {
    return JSON.parse(JSON.stringify(value)) as unknown;
  } catch {
    // It leads back to itself, or holds what JSON does not know.
    return {};
  }
}
