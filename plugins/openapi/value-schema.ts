import { Stream } from 'node:stream';
import type { Class } from 'plugboard';
import type { Reference, Schema } from './document-types.ts';
import type { Validation } from './validation-variant.ts';

/** Gives what refers to the schema of a class, as it is checked with these options. */
export type Refer = (type: Class, validation?: Validation) => Reference;

/** The schema of a value of a type as the compiler has written it down; anything, where it is not known. */
export function valueSchema(type: unknown, refer: Refer, validation?: Validation): Schema {
  if (typeof type !== 'function') return {};
  const known = builtIn.get(type);
  return known ?? { ...refer(type as Class, validation) };
}

export function listSchema(items: Schema): Schema {
  return { type: 'array', items };
}

/** Whether a type is a class that somebody has written. */
export function isOwnClass(type: unknown): type is Class {
  return typeof type === 'function' && !builtIn.has(type);
}

/** Whether what is of a type is sent as its bytes. */
export function isOfBytes(type: unknown): boolean {
  if (typeof type !== 'function') return false;
  return [Uint8Array, Stream].some((of) => type === of || (type.prototype as unknown) instanceof of);
}

const builtIn: ReadonlyMap<unknown, Schema> = new Map<unknown, Schema>([
  [String, { type: 'string' }],
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
  [BigInt, { type: 'integer' }],
  [Date, { type: 'string', format: 'date-time' }],
  [Array, { type: 'array', items: {} }],
  [Set, { type: 'array', items: {} }],
  [Map, { type: 'object' }],
  [Object, {}],
  [Function, {}],
  [Promise, {}],
  [Buffer, { type: 'string', format: 'binary' }],
]);
