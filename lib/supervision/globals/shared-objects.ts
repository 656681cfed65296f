import { getMetadataStorage } from 'class-validator';
import { getMetadataArgsStorage } from 'routing-controllers';

/** By its name, an object that the whole process shares and that has no owner. */
export type SharedObjects = ReadonlyMap<string, object>;

/** `globalThis`, and what JavaScript itself has in it: `Array`, `Array.prototype`, `JSON`, …; found once. */
export function sharedObjects(): SharedObjects {
  return (found ??= findAll());
}

let found: SharedObjects | undefined;

function findAll(): SharedObjects {
  // They put their storages into globalThis at the first decorator, which may be a plugin's.
  getMetadataArgsStorage();
  getMetadataStorage();
  const objects = new Map<string, object>([['globalThis', globalThis]]);
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
    if (!isObject(value) || value === globalThis || !isBuiltIn(name)) continue;
    objects.set(name, value);
    const { prototype } = value as { prototype?: unknown };
    if (isObject(prototype)) objects.set(`${name}.prototype`, prototype);
  }
  return objects;
}

/** Those of Node that are objects are the app's to set up: `process.env`, `console`. */
function isBuiltIn(name: string): boolean {
  return /^[A-Z]/.test(name);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
