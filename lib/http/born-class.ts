import type { Application } from 'express';

/** Where an Express app keeps what its requests and responses inherit from. */
export type PrototypeName = 'request' | 'response';

/** An app with the two prototypes that Express gives every request and response. */
export type AppWithPrototypes = Application & Record<PrototypeName, object>;

/** A real class: what `Reflect.construct` makes of a plain function is slower than what Express does. */
export interface BornClass {
  readonly prototype: object;
}

/** By the prototype of an app that it stands for: an app may be given another one. */
const standing = new WeakMap<object, BornClass>();

/**
 * The class of an app's requests or responses, made once for all of its servers. What is born of it has from its birth what
 * Express would give it, so `Object.setPrototypeOf`, which makes all that follows slow on Node 20 and 22, changes nothing.
 */
export function bornClass<Class extends BornClass>(
  app: AppWithPrototypes,
  name: PrototypeName,
  make: () => Class,
): Class {
  const known = standing.get(app[name]);
  if (known) return known as Class;
  const made = make();
  putInPlace(app, name, made.prototype);
  standing.set(made.prototype, made);
  return made;
}

/**
 * Puts a class's prototype in the place of an app's. The old one stays in the line for the sub-apps that were mounted before:
 * theirs inherit from it.
 *
 * ```text
 * before    app.request ─► express.request ─► IncomingMessage.prototype
 * after     the old one ─► app.request = the class's prototype ─► express.request ─► IncomingMessage.prototype
 * ```
 */
function putInPlace(app: AppWithPrototypes, name: PrototypeName, prototype: object): void {
  const old = app[name];
  // As with Express alone, `request.constructor` is Node's.
  Reflect.deleteProperty(prototype, 'constructor');
  Object.setPrototypeOf(prototype, Object.getPrototypeOf(old) as object);
  for (const key of Reflect.ownKeys(old)) {
    Object.defineProperty(prototype, key, Object.getOwnPropertyDescriptor(old, key) as PropertyDescriptor);
    Reflect.deleteProperty(old, key);
  }
  Object.setPrototypeOf(old, prototype);
  app[name] = prototype;
}
