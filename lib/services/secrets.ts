import { concealed, secretKeysOf } from './secret.ts';

/** Shorter ones are found in texts that have nothing to do with them. */
const shortest = 8;

/** Every secret that a host has ever come to know. What was one stays one, also when another has taken its place. */
export class Secrets {
  readonly #forms = new Set<string>();
  #pattern: RegExp | undefined;

  /** Whether there is nothing to mask. */
  get isEmpty(): boolean {
    return this.#forms.size === 0;
  }

  /** Takes a text or a number; of an object or a list, all that is in it. */
  add(value: unknown): void {
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) this.add(inner);
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
      for (const form of formsOf(String(value))) this.#note(form);
    }
  }

  /** Takes what `@Secret()` marks in an object and in all that it holds. */
  addMarked(object: unknown, seen = new Set<unknown>()): void {
    if (typeof object !== 'object' || object === null || seen.has(object)) return;
    seen.add(object);
    const marked = secretKeysOf(object);
    for (const [key, value] of Object.entries(object)) {
      if (marked.has(key)) this.add(value);
      else this.addMarked(value, seen);
    }
  }

  /** The text with `[secret]` in the place of each. */
  mask(text: string): string {
    if (text.length < shortest || this.isEmpty) return text;
    this.#pattern ??= new RegExp([...this.#forms].sort(longestFirst).map(escapeForPattern).join('|'), 'g');
    return text.replace(this.#pattern, concealed);
  }

  #note(form: string): void {
    if (form.length < shortest || this.#forms.has(form)) return;
    this.#forms.add(form);
    this.#pattern = undefined;
  }
}

/** As it is, and as it stands in JSON, in a URL and, where it has several lines, line by line. */
function formsOf(secret: string): readonly string[] {
  const lines = secret.split('\n').map((line) => line.trim());
  return [secret, secret.trim(), JSON.stringify(secret).slice(1, -1), encoded(secret), ...lines];
}

function encoded(secret: string): string {
  try {
    return encodeURIComponent(secret);
  } catch {
    // Half a surrogate pair can stand in no URL.
    return secret;
  }
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length;
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
