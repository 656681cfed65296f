import { hasTransformations, typesOf } from '../registries/transformation-metadata.ts';

/** Deeper values are left to class-transformer: they may be circular. */
const maximalDepth = 32;

/**
 * Whether JSON of a value is the same with and without class-transformer's `instanceToPlain`: it is made of simple values,
 * lists, dates, and objects of classes without class-transformer's decorators.
 */
export function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value === 'function') return false;
  if (typeof value !== 'object' || value === null) return true;
  if (depth > maximalDepth) return false;
  if (Array.isArray(value)) return isPlainList(value, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && !isPlainPrototype(prototype)) return prototype === Date.prototype;
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key];
    if (key === '__proto__' || (key === 'constructor' && !isStumblingBlock(inner))) return false;
    if (!isPlain(inner, depth + 1)) return false;
  }
  return true;
}

/** class-transformer leaves out a property of the name `constructor`, but fails where it can't be a class. */
function isStumblingBlock(constructor: unknown): boolean {
  return Boolean(constructor) && typeof constructor !== 'function';
}

/** class-transformer drops the holes of a list, JSON makes them null. */
function isPlainList(list: readonly unknown[], depth: number): boolean {
  for (let index = 0; index < list.length; index++) {
    if (!isPlain(list[index], depth + 1) || (list[index] === undefined && !(index in list))) return false;
  }
  return true;
}

const known = new WeakMap<object, boolean>();

function isPlainPrototype(prototype: unknown): boolean {
  if (typeof prototype !== 'object' || prototype === null) return false;
  let answer = known.get(prototype);
  if (answer === undefined) {
    answer = makesPlainObjects(prototype);
    known.set(prototype, answer);
  }
  return answer;
}

const meaningful = ['toJSON', 'then', 'pipe', Symbol.asyncIterator];

function makesPlainObjects(prototype: object): boolean {
  const type: unknown = prototype.constructor;
  if (typeof type !== 'function' || meaningful.some((key) => key in prototype)) return false;
  if (hasTransformations(type) || typesOf(type).size > 0) return false;
  for (let one = prototype; one !== Object.prototype; one = Object.getPrototypeOf(one) as object) {
    if (!Object.hasOwn(one, 'constructor') || isBuiltIn(one.constructor)) return false;
  }
  return true;
}

function isBuiltIn(type: unknown): boolean {
  return typeof type !== 'function' || Function.prototype.toString.call(type).includes('[native code]');
}
