/** What an option must be. */
export interface Expected {
  /** For the message: `views must be …`. */
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
  /** Of an object: what each of its own options must be. */
  readonly inside?: Readonly<Record<string, Expected>>;
}

export const text: Expected = { what: 'a string', fits: (value) => typeof value === 'string' };

export const truth: Expected = { what: 'true or false', fits: (value) => typeof value === 'boolean' };

export const duration = number('a number of milliseconds above 0', (value) => value > 0);

export function number(what: string, fits: (value: number) => boolean): Expected {
  return { what, fits: (value) => typeof value === 'number' && fits(value) };
}

export function listOf(what: string, fits: (value: unknown) => boolean): Expected {
  return { what: `an array of ${what}`, fits: (value) => Array.isArray(value) && value.every(fits) };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
