import { plainToInstance } from 'class-transformer';
import type { Class } from '../plugin/tokens.ts';
import { validatedProperties } from '../registries/validation-metadata.ts';
import { GeneratedCode, propertyOf } from './generated-code.ts';
import { hasTransformations, typesOf, type TypeMetadata } from '../registries/transformation-metadata.ts';

/** Makes an instance of a class out of a plain value. */
export type Instantiation = (plain: unknown) => unknown;

const known = new WeakMap<Class<object>, Instantiation>();

/**
 * class-transformer's `plainToInstance` without settings, decided once for a class that has none of its decorators but
 * `@Type`; what is unusual, of the class or of the value, is left to class-transformer.
 */
export function instantiationOf(type: Class<object>): Instantiation {
  let instantiate = known.get(type);
  if (!instantiate) {
    instantiate = compileInstantiation(type);
    known.set(type, instantiate);
  }
  return instantiate;
}

function compileInstantiation(type: Class<object>): Instantiation {
  const types = typesOf(type);
  const transform: Instantiation = (plain) => plainToInstance(type, plain);
  if (isBuiltIn(type) || hasTransformations(type) || [...types.values()].some(isUnusual)) return transform;
  const build = compileBuild(type, types);
  return (plain) => (isPlainObject(plain) ? build(plain) : transform(plain));
}

/** `@QueryParam('at') at: Date`, given `?at[year]=1`: class-transformer knows what to do with these. */
function isBuiltIn(type: Class<object>): boolean {
  return Function.prototype.toString.call(type).includes('[native code]');
}

/** What `JSON.parse` makes of an object; any other may mean something to class-transformer. */
function isPlainObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The type of a property depends on the object, or the property is a collection of its own kind. */
function isUnusual({ typeFunction, reflectedType, options }: TypeMetadata): boolean {
  if ((typeFunction?.length ?? 0) > 0 || options?.discriminator) return true;
  if (typeof reflectedType !== 'function') return false;
  const { prototype } = reflectedType as { prototype: object | undefined };
  return (
    reflectedType === Map ||
    prototype instanceof Set ||
    reflectedType === Set ||
    isListOfItsOwn(reflectedType)
  );
}

function isListOfItsOwn(type: unknown): boolean {
  return type !== Array && 'push' in ((type as { prototype?: object }).prototype ?? {});
}

type Properties = Record<string, unknown>;

function compileBuild(
  type: Class<object>,
  types: ReadonlyMap<string, TypeMetadata>,
): (values: Properties) => object {
  const fixed = fixedProperties(type);
  const set = (instance: Properties, key: string, value: unknown): void => {
    if (key === '__proto__' || fixed.has(key) || typeof instance[key] === 'function') return;
    const metadata = types.get(key);
    instance[key] = metadata ? ofType(typeIn(metadata), value) : copyOf(value);
  };
  const build = (values: Properties): object => {
    const instance = new type() as Properties;
    for (const key of Object.keys(values)) set(instance, key, values[key]);
    return instance;
  };
  return generateBuild(type, types, { fixed, set }) ?? build;
}

interface Setting {
  readonly fixed: ReadonlySet<string>;
  readonly set: (instance: Properties, key: string, value: unknown) => void;
}

/** The same, quicker for the properties that its decorators tell of. */
function generateBuild(
  type: Class<object>,
  types: ReadonlyMap<string, TypeMetadata>,
  { fixed, set }: Setting,
): ((values: Properties) => object) | undefined {
  const code = new GeneratedCode();
  const copy = code.use(copyOf);
  code.add(`const instance = new ${code.use(type)}();`);
  code.add('for (const key of Object.keys(values)) switch (key) {');
  for (const name of new Set([...types.keys(), ...validatedProperties(type)])) {
    if (name === '__proto__' || fixed.has(name)) continue;
    const metadata = types.get(name);
    const property = propertyOf('instance', name);
    const value = propertyOf('values', name);
    const made = metadata
      ? `${code.use((given: unknown) => ofType(typeIn(metadata), given))}(${value})`
      : `typeof ${value} === 'object' ? ${copy}(${value}) : ${value}`;
    code.add(
      `case ${JSON.stringify(name)}: if (typeof ${property} !== 'function') ${property} = ${made}; break;`,
    );
  }
  code.add(`default: ${code.use(set)}(instance, key, values[key]);`);
  code.add('}');
  code.add('return instance;');
  return code.compile('values') as ((values: Properties) => object) | undefined;
}

/** Methods, and accessors that can't be set. */
function fixedProperties({ prototype }: Class<object>): ReadonlySet<string> {
  const descriptors = Object.entries(Object.getOwnPropertyDescriptors(prototype as object));
  return new Set(descriptors.filter(([, { set }]) => set === undefined).map(([key]) => key));
}

function typeIn({ typeFunction, reflectedType }: TypeMetadata): unknown {
  return typeFunction ? typeFunction() : reflectedType;
}

function ofType(type: unknown, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => ofType(type, item));
  if (value === null || value === undefined) return value;
  if (type === String || type === Number || type === Boolean)
    return (type as (from: unknown) => unknown)(value);
  if (type === Date) return new Date(value as string);
  if (type === Buffer) return Buffer.from(value as string);
  if (typeof value !== 'object') return value;
  return typeof type === 'function' ? instantiationOf(type as Class<object>)(value) : copyOf(value);
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  // With a `constructor` of its own it would have a type of its own.
  if (!isPlainObject(value) || value.constructor !== Object)
    return plainToInstance(undefined as never, value);
  const copy: Properties = {};
  for (const key of Object.keys(value)) {
    if (key !== '__proto__' && typeof copy[key] !== 'function') copy[key] = copyOf(value[key]);
  }
  return copy;
}
