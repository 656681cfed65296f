import { emptySlot, unknownOption, wrongOption } from '../errors/manifest-errors.ts';
import { isExtensionPoint } from './extension-point.ts';
import { nearestName } from './nearest-name.ts';
import type { PluginOptions, Timeouts } from './options.ts';
import type { Backoff, ErrorLimit, Supervise } from './supervise.ts';
import type { Token } from './tokens.ts';

interface Expected {
  /** For the message: `views must be …`. */
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
  /** Of an object: what each of its own options must be. */
  readonly inside?: Readonly<Record<string, Expected>>;
}

const text: Expected = { what: 'a string', fits: (value) => typeof value === 'string' };
const type: Expected = { what: 'a class', fits: (value) => typeof value === 'function' };
const place: Expected = {
  what: "a path or URL: './views'",
  fits: (value) => typeof value === 'string' || value instanceof URL,
};
const duration = number('a number of milliseconds above 0', (value) => value > 0);

function number(what: string, fits: (value: number) => boolean): Expected {
  return { what, fits: (value) => typeof value === 'number' && fits(value) };
}

function listOf(what: string, fits: (value: unknown) => boolean): Expected {
  return { what: `an array of ${what}`, fits: (value) => Array.isArray(value) && value.every(fits) };
}

const isToken = (value: unknown): boolean => typeof value === 'function' || typeof value === 'symbol';
const isService = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length === 2 && isToken(value[0]) && typeof value[1] === 'function'
    : typeof value === 'function' || (typeof value === 'object' && value !== null);

// One line for each option: the compiler holds these tables to the interfaces.
const timeouts: Readonly<Record<keyof Timeouts, Expected>> = {
  startMs: duration,
  requestMs: duration,
  stopMs: duration,
  drainMs: duration,
};

const backoff: Readonly<Record<keyof Backoff, Expected>> = {
  initialMs: number('a number of milliseconds, 0 or more', (value) => value >= 0),
  factor: number('a number, 1 or more', (value) => value >= 1),
  maxMs: number('a number of milliseconds, 0 or more', (value) => value >= 0),
};

const errorLimit: Readonly<Record<keyof ErrorLimit, Expected>> = {
  ratio: number('a number above 0 and up to 1', (value) => value > 0 && value <= 1),
  minimum: number('a whole number above 0', (value) => Number.isInteger(value) && value > 0),
  windowMs: duration,
};

const supervise: Readonly<Record<keyof Supervise, Expected>> = {
  intensity: number('a whole number, 0 or more', (value) => isCount(value) && value >= 0),
  periodMs: duration,
  backoff: { what: 'an object: { initialMs: 500 }', fits: isRecord, inside: backoff },
  onExceeded: { what: "'quarantine'", fits: (value) => value === 'quarantine' },
  errors: {
    what: 'false, or an object: { ratio: 0.5 }',
    fits: (value) => value === false || isRecord(value),
    inside: errorLimit,
  },
  concurrency: number('a whole number above 0', (value) => isCount(value) && value > 0),
};

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
  critical: { what: 'true or false', fits: (value) => typeof value === 'boolean' },
  reload: {
    what: "'overlap' or 'exclusive'",
    fits: (value) => value === 'overlap' || value === 'exclusive',
  },
  timeouts: { what: 'an object: { startMs: 5000 }', fits: isRecord, inside: timeouts },
  supervise: { what: 'an object: { intensity: 3 }', fits: isRecord, inside: supervise },
};

/** Throws a `PluginError` for the first option that does not exist or is not what it must be. */
export function validateOptions(given: PluginOptions, plugin: string): void {
  validate(given, options, '', plugin);
}

function validate(
  given: object,
  known: Readonly<Record<string, Expected>>,
  prefix: string,
  plugin: string,
): void {
  for (const [key, value] of Object.entries(given) as [string, unknown][]) {
    const expected = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!expected) {
      throw unknownOption(plugin, prefix + key, nearestName(key, Object.keys(known)), Object.keys(known));
    }
    if (value === undefined) continue;
    const slot = Array.isArray(value) ? value.indexOf(undefined) : -1;
    if (slot >= 0) throw emptySlot(plugin, `${key}[${slot}]`);
    if (!expected.fits(value)) throw wrongOption(plugin, prefix + key, expected.what, value);
    if (expected.inside && isRecord(value)) validate(value, expected.inside, `${prefix}${key}.`, plugin);
  }
}

function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Infinity is one, too: no limit. */
function isCount(value: number): boolean {
  return Number.isInteger(value) || value === Number.POSITIVE_INFINITY;
}
