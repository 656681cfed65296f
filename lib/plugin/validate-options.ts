import { emptySlot, unknownOption, wrongOption } from '../errors/manifest-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { isRecord, listOf, text, truth, type Expected } from './expected.ts';
import { supervise, timeouts } from './expected-settings.ts';
import { isExtensionPoint } from './extension-point.ts';
import { nearestName } from './nearest-name.ts';
import type { PluginOptions } from './options.ts';
import type { Token } from './tokens.ts';

const type: Expected = { what: 'a class', fits: (value) => typeof value === 'function' };
const place: Expected = {
  what: "a path or URL: './views'",
  fits: (value) => typeof value === 'string' || value instanceof URL,
};
const isToken = (value: unknown): boolean => typeof value === 'function' || typeof value === 'symbol';
const isService = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length === 2 && isToken(value[0]) && typeof value[1] === 'function'
    : typeof value === 'function' || (typeof value === 'object' && value !== null);

// One line for each option: the compiler holds this table to the interface.
const options: Readonly<Record<keyof PluginOptions, Expected>> = {
  name: text,
  version: text,
  description: text,
  requires: {
    what: "an object of semver ranges: { plugboard: '^1' }",
    fits: (value) => isRecord(value) && Object.values(value).every((range) => typeof range === 'string'),
  },
  controllers: listOf('classes', type.fits),
  middlewares: listOf('classes or functions', type.fits),
  interceptors: listOf('classes', type.fits),
  services: listOf('classes, [Token, Class] pairs and ContainerModules', isService),
  exports: listOf('tokens: classes, or what token() gives', isToken),
  imports: listOf('tokens: classes, or what token() gives', isToken),
  decorates: listOf(
    '[Token, Wrapper] pairs',
    (value) => isPair(value) && isToken(value[0]) && type.fits(value[1]),
  ),
  contributes: listOf(
    '[ExtensionPoint, value] pairs',
    (value) => isPair(value) && isExtensionPoint(value[0] as Token) && value[1] !== undefined,
  ),
  config: type,
  prefix: text,
  views: place,
  assets: place,
  critical: truth,
  reload: {
    what: "'overlap' or 'exclusive'",
    fits: (value) => value === 'overlap' || value === 'exclusive',
  },
  timeouts,
  supervise,
};

/** Each option that does not exist or is not what it must be. */
export function optionFaults(given: PluginOptions, plugin: string): readonly PluginError[] {
  return [...faultsIn(given, options, '', plugin)];
}

function* faultsIn(
  given: object,
  known: Readonly<Record<string, Expected>>,
  prefix: string,
  plugin: string,
): Generator<PluginError> {
  for (const [key, value] of Object.entries(given) as [string, unknown][]) {
    const expected = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!expected) {
      yield unknownOption(plugin, prefix + key, nearestName(key, Object.keys(known)), Object.keys(known));
    } else if (value !== undefined) {
      yield* valueFaults(value, expected, prefix + key, plugin);
    }
  }
}

function* valueFaults(
  value: unknown,
  { what, fits, inside }: Expected,
  option: string,
  plugin: string,
): Generator<PluginError> {
  const slot = Array.isArray(value) ? value.indexOf(undefined) : -1;
  if (slot >= 0) yield emptySlot(plugin, `${option}[${slot}]`);
  else if (!fits(value)) yield wrongOption(plugin, option, what, value);
  else if (inside && isRecord(value)) yield* faultsIn(value, inside, `${option}.`, plugin);
}

function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}
