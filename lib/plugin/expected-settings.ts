import {
  duration,
  isRecord,
  listOf,
  number,
  objectOf,
  oneOf,
  text,
  truth,
  type Expected,
} from './expected.ts';
import { logLevels } from './log-level.ts';
import { nearestName } from './nearest-name.ts';
import type { Timeouts } from './options.ts';
import type { PluginSettings } from './settings.ts';
import type { Backoff, ErrorLimit, Supervise } from './supervise.ts';

// One line for each option: the compiler holds these tables to the interfaces.
const expectedTimeouts: Readonly<Record<keyof Timeouts, Expected>> = {
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

const expectedSupervise: Readonly<Record<keyof Supervise, Expected>> = {
  intensity: number('a whole number, 0 or more', (value) => isCount(value) && value >= 0),
  periodMs: duration,
  backoff: objectOf(backoff, '{ initialMs: 500 }'),
  onExceeded: oneOf(['quarantine']),
  errors: {
    what: 'false, or an object: { ratio: 0.5 }',
    fits: (value) => value === false || isRecord(value),
    kind: 'mixed',
    inside: errorLimit,
  },
  concurrency: number('a whole number above 0', (value) => isCount(value) && value > 0),
};

export const timeouts: Expected = objectOf(expectedTimeouts, '{ startMs: 5000 }');

export const supervise: Expected = objectOf(expectedSupervise, '{ intensity: 3 }');

/** What the host itself is to do with a plugin. */
export const pluginSettings: Readonly<Record<keyof PluginSettings, Expected>> = {
  enabled: truth,
  prefix: text,
  critical: truth,
  timeouts,
  supervise,
  grants: listOf("grants: ['control']", (value) => value === 'control'),
  logLevel: oneOf(logLevels),
  // The plugin's own class has the word.
  config: { what: 'an object', fits: () => true },
};

/** A setting that can't be used. */
export interface SettingProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Every setting of a plugin that does not exist or is not what it must be, but for what its config class says. */
export function settingProblems(settings: unknown): readonly SettingProblem[] {
  return unexpectedIn(settings, pluginSettings);
}

/** Every key of `given` that `known` does not have, or whose value is not what it must be; of nothing there is none. */
export function unexpectedIn(
  given: unknown,
  known: Readonly<Record<string, Expected>>,
): readonly SettingProblem[] {
  if (given === undefined || given === null) return [];
  if (!isRecord(given)) return [{ path: [], message: `must be an object, not ${kindOf(given)}` }];
  return problemsIn(given, known, []);
}

function problemsIn(
  given: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, Expected>>,
  parent: readonly string[],
): readonly SettingProblem[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const path = [...parent, key];
    const expected = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!expected) return [{ path, message: notThere(key, Object.keys(known)) }];
    if (value === undefined) return [];
    if (!expected.fits(value))
      return [{ path, message: `must be ${expected.what}, but is ${kindOf(value)}` }];
    return expected.inside && isRecord(value) ? problemsIn(value, expected.inside, path) : [];
  });
}

/** `a string`, `an array`, `missing`: what a value is, without telling it. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (value === undefined) return 'missing';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function notThere(key: string, known: readonly string[]): string {
  const near = nearestName(key, known);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return `is no setting (there are ${known.join(', ')})${hint}`;
}

/** Infinity is one, too: no limit. */
function isCount(value: number): boolean {
  return Number.isInteger(value) || value === Number.POSITIVE_INFINITY;
}
