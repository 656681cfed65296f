import type { RequestObjects } from './request-objects.ts';

const key = Symbol('request scopes');

/**
 * The scopes of one HTTP request, by the container that makes their objects. The request itself has them: out of a `WeakMap`
 * V8 takes what refers to its key, as a scope does to its request, in its big collections only, and until then keeps whole
 * requests.
 */
export function scopesOf(request: object): Map<object, RequestObjects> {
  const holder = request as { [key]?: Map<object, RequestObjects> };
  // One that another was made from has scopes of its own.
  if (!Object.hasOwn(holder, key)) holder[key] = new Map();
  return holder[key] as Map<object, RequestObjects>;
}
