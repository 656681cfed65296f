import { isPlain } from './config-layer.ts';
import { concealed } from './secret.ts';
import type { Secrets } from './secrets.ts';

/**
 * `value` with every known secret masked, in texts within texts, fields, lists, errors and their causes. Where it has none it is
 * `value` itself, otherwise a copy: what it was made of stays as it is.
 */
export function masked<T>(value: T, secrets: Secrets): T {
  if (secrets.isEmpty) return value;
  const masking = new Masking(secrets);
  return masking.isTouched(value, 0) ? (masking.copy(value, 0) as T) : value;
}

/** Deeper than anybody reads, and before the stack ends. */
const deepest = 200;

class Masking {
  readonly #seen = new Set<object>();
  readonly #copies = new Map<object, unknown>();

  constructor(private readonly secrets: Secrets) {}

  /** Whether there is a secret anywhere in it. */
  isTouched(value: unknown, depth: number): boolean {
    if (isText(value)) return this.#isSecret(value);
    if (!isOpen(value) || this.#seen.has(value)) return false;
    if (depth > deepest) return true;
    this.#seen.add(value);
    const shown = shownOf(value);
    if (shown !== value) return this.isTouched(shown, depth + 1);
    return entriesOf(value).some(([key, inner]) => this.#isSecret(key) || this.isTouched(inner, depth + 1));
  }

  copy(value: unknown, depth: number): unknown {
    if (isText(value)) return this.#isSecret(value) ? this.#masked(value) : value;
    if (!isOpen(value)) return value;
    if (depth > deepest) return '…';
    const known = this.#copies.get(value);
    if (known !== undefined) return known;
    // What has a class of its own may be no more what it was as a copy.
    if (!isSimple(value) && !new Masking(this.secrets).isTouched(value, depth)) return value;
    const shown = shownOf(value);
    return shown === value ? this.#copyOpen(value, depth) : this.copy(shown, depth + 1);
  }

  #copyOpen(value: object, depth: number): unknown {
    const copy = emptyLike(value);
    this.#copies.set(value, copy);
    for (const [key, inner] of entriesOf(value)) {
      const name = this.#masked(key);
      const masked = this.copy(inner, depth + 1);
      if (copy instanceof Map) copy.set(name, masked);
      else if (copy instanceof Set) copy.add(masked);
      else {
        const enumerable = Object.prototype.propertyIsEnumerable.call(value, key);
        Object.defineProperty(copy, name, { value: masked, enumerable, configurable: true, writable: true });
      }
    }
    return copy;
  }

  #isSecret(text: string | number | bigint): boolean {
    return this.#masked(text) !== String(text);
  }

  #masked(text: string | number | bigint): string {
    return typeof text === 'string' ? this.secrets.mask(text) : this.#maskedNumber(text);
  }

  #maskedNumber(number: number | bigint): string {
    const text = String(number);
    return this.secrets.mask(text) === text ? text : concealed;
  }
}

function isText(value: unknown): value is string | number | bigint {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}

/** Something that can be looked into; bytes are no texts. */
function isOpen(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

function isSimple(value: object): boolean {
  return Array.isArray(value) || isPlain(value);
}

/** What a log writes of an object; of an error it writes more than its `toJSON` gives. */
function shownOf(value: object): unknown {
  if (value instanceof Error) return value;
  const toJSON = read(value, 'toJSON');
  if (typeof toJSON !== 'function') return value;
  try {
    return toJSON.call(value) as unknown;
  } catch {
    return undefined;
  }
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  if (value instanceof Map) return [...value].map(([key, inner]) => [String(key), inner] as const);
  if (value instanceof Set) return [...value].map((inner, index) => [String(index), inner] as const);
  const keys = value instanceof Error ? new Set([...ofErrors, ...Object.keys(value)]) : Object.keys(value);
  const own = [...keys].filter((key) => !(value instanceof Error) || key in value);
  return own.map((key) => [key, read(value, key)] as const);
}

const ofErrors = ['name', 'message', 'stack', 'cause', 'errors'] as const;

/** A getter may throw; then there is nothing to be seen. */
function read(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined;
  }
}

function emptyLike(value: object): object {
  if (Array.isArray(value)) return [];
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  return Object.create(Object.getPrototypeOf(value) as object | null) as object;
}
