import type { Class } from 'plugboard';
import type { Reference, Schema } from './document-types.ts';

/** Gives what refers to the schema of a class. */
export type Refer = (type: Class) => Reference;

/** The schema of a value of a type as the compiler has written it down; anything, where it is not known. */
export function valueSchema(type: unknown, refer: Refer): Schema {
  if (typeof type !== 'function') return {};
  const known = builtIn.get(type);
  return known ?? { ...refer(type as Class) };
}

export function listSchema(items: Schema): Schema {
  return { type: 'array', items };
}

/** Whether a type is a class that somebody has written. */
export function isOwnClass(type: unknown): type is Class {
  return typeof type === 'function' && !builtIn.has(type);
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
