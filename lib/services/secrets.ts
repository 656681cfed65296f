import { concealed, secretKeysOf } from './secret.ts';
import { secretPatterns } from './secret-pattern.ts';

/** Shorter ones are found in texts that have nothing to do with them. */
const shortest = 8;

/** Every secret that a host has ever come to know. What was one stays one, also when another has taken its place. */
export class Secrets {
  readonly #known = new Set<string>();
  #pattern: RegExp | undefined;

  /** Whether there is nothing to mask. */
  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  /** Takes a text, a number, a URL or bytes; of an object or a list, all that is in it. */
  add(value: unknown, seen = new Set<unknown>()): void {
    if (typeof value === 'string') this.#addText(value);
    else if (typeof value === 'number' || typeof value === 'bigint') this.#note(String(value));
    else if (value instanceof URL) this.#addText(value.href);
    else if (ArrayBuffer.isView(value))
      this.#note(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString());
    else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      for (const inner of partsOf(value)) this.add(inner, seen);
    }
  }

  /** Takes what `@Secret()` marks in an object and in all that it holds. */
  addMarked(object: unknown, seen = new Set<unknown>()): void {
    if (typeof object !== 'object' || object === null || seen.has(object)) return;
    seen.add(object);
    const marked = secretKeysOf(object);
    for (const key of marked) this.add((object as Readonly<Record<string, unknown>>)[key]);
    for (const value of partsOf(object)) this.addMarked(value, seen);
  }

  /** The text with `[secret]` in the place of each. */
  mask(text: string): string {
    if (text.length < shortest || this.isEmpty) return text;
    this.#pattern ??= new RegExp([...this.#known].sort(longestFirst).flatMap(secretPatterns).join('|'), 'g');
    return text.replace(this.#pattern, concealed);
  }

  /** As it is, and where it has several lines, line by line; of an address with a password, that as well. */
  #addText(text: string): void {
    for (const part of [text, text.trim(), ...text.split('\n').map((line) => line.trim())]) this.#note(part);
    if (URL.canParse(text)) this.#note(decoded(new URL(text).password));
  }

  #note(secret: string): void {
    if (secret.length < shortest || this.#known.has(secret)) return;
    this.#known.add(secret);
    this.#pattern = undefined;
  }
}

function partsOf(object: object): Iterable<unknown> {
  return object instanceof Map || object instanceof Set ? object.values() : Object.values(object);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length;
}
