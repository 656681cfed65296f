/** What the text of a variable is to become. `mixed`: true, false, JSON or the text. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'object' | 'mixed' | 'unknown';

/** What an option must be. */
export interface Expected {
  /** For the message: `views must be …`. */
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
  /** What a variable's text is to become; undefined where it is nothing that a text can say. */
  readonly kind?: ValueKind;
  /** Of an object: what each of its own options must be. */
  readonly inside?: Readonly<Record<string, Expected>>;
}

export const text: Expected = { what: 'a string', fits: (value) => typeof value === 'string', kind: 'text' };

export const truth: Expected = {
  what: 'true or false',
  fits: (value) => typeof value === 'boolean',
  kind: 'boolean',
};

export const duration = number('a number of milliseconds above 0', (value) => value > 0);

export function number(what: string, fits: (value: number) => boolean): Expected {
  return { what, fits: (value) => typeof value === 'number' && fits(value), kind: 'number' };
}

export function listOf(what: string, fits: (value: unknown) => boolean): Expected {
  return {
    what: `an array of ${what}`,
    fits: (value) => Array.isArray(value) && value.every(fits),
    kind: 'list',
  };
}

/** `example`: of what it may be written like. */
export function objectOf(inside: Readonly<Record<string, Expected>>, example: string): Expected {
  return { what: `an object: ${example}`, fits: isRecord, kind: 'object', inside };
}

export function oneOf(values: readonly unknown[]): Expected {
  const names = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  const last = names.pop() ?? '';
  return {
    what: names.length > 0 ? `${names.join(', ')} or ${last}` : last,
    fits: (value) => values.includes(value),
    kind: values.every((value) => typeof value === 'string') ? 'text' : 'mixed',
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
