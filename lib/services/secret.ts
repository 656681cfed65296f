import { Transform } from 'class-transformer';
import { inspect, type InspectOptions } from 'node:util';

/** What is shown in the place of a secret. */
export const concealed = '[secret]';

// One symbol for all copies of plugboard in a process: a plugin may bring its own.
const secretKeys = Symbol.for('plugboard:secret-keys');

interface Concealing {
  [secretKeys]?: Set<string>;
  toJSON?: (key?: string) => unknown;
}

/**
 * A property of a `config` class whose value is nobody's business. Reading it gives the value; printed or serialised, the
 * object shows `[secret]` in its place, and the host masks it, from 8 characters on, in every log line, error and status.
 *
 * @example
 * class MailConfig {
 *   @Secret() @IsString() readonly password!: string;
 * }
 */
export function Secret(): PropertyDecorator {
  return (prototype, key) => {
    if (typeof key !== 'string') throw new TypeError('@Secret() is for properties with a name.');
    if (!Object.hasOwn(prototype, secretKeys)) define(prototype, secretKeys, new Set<string>());
    (prototype as Concealing)[secretKeys]?.add(key);
    concealWhenShown(prototype);
    // What an action gives goes through class-transformer, which asks no toJSON.
    Transform(({ value }) => conceal(value), { toPlainOnly: true })(prototype, key);
  };
}

/** The properties of an object, or of a class's instances by its prototype, that are secrets. */
export function secretKeysOf(object: object): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let at: unknown = object; at; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at, secretKeys)) (at as Concealing)[secretKeys]?.forEach((key) => keys.add(key));
  }
  return keys;
}

/**
 * Keeps what `@Secret()` marks, in an object and in all that it holds, from those that ask no object how it wants to be shown,
 * such as `console.dir`: they print a getter as one, and do not call it. A class below that has a `toJSON` of its own is
 * wrapped, too.
 */
export function guardSecrets(object: unknown, seen = new Set<unknown>()): void {
  if (typeof object !== 'object' || object === null || seen.has(object)) return;
  seen.add(object);
  const keys = secretKeysOf(object);
  if (keys.size > 0) concealWhenShown(Object.getPrototypeOf(object) as object);
  for (const [key, value] of Object.entries(object)) {
    if (keys.has(key)) hide(object, key, value);
    else guardSecrets(value, seen);
  }
}

function hide(object: object, key: string, given: unknown): void {
  if (Object.getOwnPropertyDescriptor(object, key)?.configurable === false) return;
  let value = given;
  Object.defineProperty(object, key, {
    get: () => value,
    set: (other) => {
      value = other;
    },
    enumerable: true,
    configurable: true,
  });
}

const concealing = Symbol.for('plugboard:concealing');

function concealWhenShown(prototype: object): void {
  const isBelow = concealing in prototype;
  if (Object.hasOwn(prototype, concealing) || (isBelow && !Object.hasOwn(prototype, 'toJSON'))) return;
  const { toJSON } = prototype as Concealing;
  define(prototype, concealing, true);
  define(prototype, 'toJSON', function (this: object, key?: string): unknown {
    return withoutSecrets(this, toJSON ? toJSON.call(this, key) : this);
  });
  if (isBelow) return;
  define(prototype, inspect.custom, function (this: object, depth: number, options: InspectOptions): string {
    const name = (this.constructor as { name?: string }).name ?? 'Object';
    const shown = depth < 0 ? '{…}' : inspect(withoutSecrets(this, this), { ...options, depth });
    return `${name} ${shown}`;
  });
}

/** What is shown of an object: a copy with its secrets concealed. */
function withoutSecrets(object: object, shown: unknown): unknown {
  if (typeof shown !== 'object' || shown === null) return shown;
  const copy: Record<string, unknown> = { ...shown };
  for (const key of secretKeysOf(object)) if (key in copy) copy[key] = conceal(copy[key]);
  return copy;
}

/** Whether there is one is no secret. */
export function conceal(value: unknown): unknown {
  return value === undefined || value === null ? value : concealed;
}

function define(prototype: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(prototype, key, { value, configurable: true, writable: true });
}
