import {
  ClassElementMetadataKind,
  getClassMetadata,
  InversifyCoreError,
  InversifyCoreErrorKind,
  type ClassElementMetadata,
  type ClassMetadata,
} from '@inversifyjs/core';
import { inject, injectable, injectFromBase, LazyServiceIdentifier } from 'inversify';
import { inheritedConstructor, metadataMissing } from '../errors/container-errors.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import { hasOwnConstructor, parameterNames } from './constructor-source.ts';

/** One thing that a class, or a factory that can be read, asks for. */
export interface Injection {
  readonly token: Token;
  readonly name: string | number | symbol | undefined;
  readonly tags: ReadonlyMap<string | number | symbol, unknown>;
  readonly optional: boolean;
  readonly multiple: boolean;
}

type Scope = 'Singleton' | 'Transient' | 'Request';

export interface ClassInjections {
  readonly injections: readonly Injection[];
  /** From `@injectable(scope)`. */
  readonly scope: Scope | undefined;
}

/**
 * Reads what `type` injects, in its constructor and its properties, inherited ones included.
 * Applies `@injectable` where it is absent, so that bare class-typed parameters work.
 *
 * @throws PluginError METADATA_MISSING, INHERITED_CONSTRUCTOR
 */
export function readInjections(type: Class, plugin: string): ClassInjections {
  prepare(type, plugin);
  const metadata = classMetadata(type, plugin);
  const elements = [...metadata.constructorArguments, ...metadata.properties.values()];
  const injections = elements.flatMap((element) => {
    if (element.kind === ClassElementMetadataKind.unmanaged) return [];
    return [
      {
        token: unwrap(element.value),
        name: element.name,
        tags: element.tags,
        optional: element.optional,
        multiple: element.kind === ClassElementMetadataKind.multipleInjection,
      },
    ];
  });
  return { injections, scope: metadata.scope };
}

/** The token behind a `LazyServiceIdentifier`, or the token itself. */
export function unwrap(value: unknown): Token {
  return (LazyServiceIdentifier.is(value) ? value.unwrap() : value) as Token;
}

const prepared = new WeakSet<Class>();

function prepare(type: Class, plugin: string): void {
  if (prepared.has(type)) return;
  makeInjectable(type);
  completeByType(type);
  inheritInjections(type, plugin);
  prepared.add(type);
}

// inversify refuses a second @injectable and offers no public way to ask for the first.
function makeInjectable(type: Class): void {
  try {
    injectable()(type);
  } catch (error) {
    if (!isSecondInjectable(error)) throw error;
  }
}

function isSecondInjectable(error: unknown): boolean {
  return InversifyCoreError.isErrorOfKind(error, InversifyCoreErrorKind.injectionDecoratorConflict);
}

// inversify looks at types only where there is no decorator at all; `@optional() clock: Clock` says enough as well.
function completeByType(type: Class): void {
  const { constructorArguments = [], properties = new Map() } = ownMetadata(type) ?? {};
  const types = (Reflect.getOwnMetadata('design:paramtypes', type) ?? []) as readonly unknown[];
  for (const [index, element] of [...constructorArguments].entries()) {
    const named = types[index];
    if (element && isIncomplete(element) && isClassToInject(named)) inject(named)(type, undefined, index);
  }
  const { prototype } = type as { readonly prototype: object };
  for (const [key, element] of properties) {
    const named: unknown = Reflect.getMetadata('design:type', prototype, key);
    if (isIncomplete(element) && isClassToInject(named)) inject(named)(prototype, key);
  }
}

const emittedForOthers: ReadonlySet<unknown> = new Set([
  Array,
  BigInt,
  Boolean,
  Function,
  Number,
  Object,
  Promise,
  String,
  Symbol,
]);

function isClassToInject(named: unknown): named is Class {
  return typeof named === 'function' && !emittedForOthers.has(named);
}

/** Without `@injectFromBase`, inversify gives a subclass `undefined` for all that its base injects. */
function inheritInjections(type: Class, plugin: string): void {
  const base = baseOf(type);
  if (base === undefined) return;
  const inheritsConstructor = !Reflect.hasOwnMetadata('design:paramtypes', type) && !hasOwnConstructor(type);
  if (!isManaged(base)) {
    const undescribed = inheritsConstructor && constructorOf(base);
    if (undescribed && undescribed.length > 0) throw inheritedConstructor(plugin, type, undescribed);
    return;
  }
  prepare(base, plugin);
  if (!inheritsConstructor) {
    inheritProperties(type, base);
    return;
  }
  classMetadata(base, plugin);
  injectFromBase()(type);
}

// By hand: inversify's way refuses a base whose constructor is not described, though this one passes it all it needs.
function inheritProperties(type: Class, base: Class): void {
  const inherited = ownMetadata(base);
  if (!inherited) return;
  const own = ownMetadata(type) ?? { ...inherited, constructorArguments: [], scope: undefined };
  const { postConstructMethodNames, preDestroyMethodNames } = inherited.lifecycle;
  const extended: ClassMetadata = {
    ...own,
    properties: new Map([...inherited.properties, ...own.properties]),
    lifecycle: {
      postConstructMethodNames: new Set([
        ...postConstructMethodNames,
        ...own.lifecycle.postConstructMethodNames,
      ]),
      preDestroyMethodNames: new Set([...preDestroyMethodNames, ...own.lifecycle.preDestroyMethodNames]),
    },
  };
  Reflect.defineMetadata(metadataKey, extended, type);
}

// inversify's own key: it offers no way to read what is not complete.
const metadataKey = '@inversifyjs/core/classMetadataReflectKey';

function ownMetadata(type: Class): ClassMetadata | undefined {
  return Reflect.getOwnMetadata(metadataKey, type) as ClassMetadata | undefined;
}

/** The class that wrote the constructor which `base` has, unless it is built in. */
function constructorOf(base: Class): Class | undefined {
  for (let type: Class | undefined = base; type !== undefined; type = baseOf(type)) {
    if (hasOwnConstructor(type)) return isUserClass(type) ? type : undefined;
  }
  return undefined;
}

function baseOf(type: Class): Class | undefined {
  const base: unknown = Object.getPrototypeOf(type);
  return typeof base === 'function' && base !== Function.prototype ? (base as Class) : undefined;
}

/** Whether decorators have told anything of `base` or of what it extends. */
function isManaged(base: Class): boolean {
  for (let type: Class | undefined = base; type !== undefined; type = baseOf(type)) {
    if (Reflect.getOwnMetadataKeys(type).length > 0) return true;
  }
  return false;
}

function isUserClass(base: Class): boolean {
  return Function.prototype.toString.call(base).startsWith('class');
}

function classMetadata(type: Class, plugin: string): ClassMetadata {
  const metadata = readMetadata(type);
  if ('fault' in metadata) {
    const hasTypes = Reflect.hasOwnMetadata('design:paramtypes', type);
    throw metadataMissing(plugin, type, { places: undescribed(type), hasTypes, cause: metadata.fault });
  }
  return metadata;
}

function readMetadata(type: Class): ClassMetadata | { readonly fault: unknown } {
  try {
    const metadata = getClassMetadata(type);
    // inversify lets some pass, and would ask for the token `undefined`.
    const elements = [...metadata.constructorArguments, ...metadata.properties.values()];
    return elements.every(isDescribed) ? metadata : { fault: undefined };
  } catch (fault) {
    return { fault };
  }
}

/** `parameter 2 (clock)` or `property clock`, for all that nothing says what to inject as. */
function undescribed(type: Class): readonly string[] {
  const { constructorArguments = [], properties = new Map() } = ownMetadata(type) ?? {};
  const names = parameterNames(type);
  const count = Math.max(type.length, constructorArguments.length);
  const parameters = Array.from({ length: count }, (_, index) => index)
    .filter((index) => !isDescribed(constructorArguments[index]))
    .map((index) => `parameter ${index + 1}${names[index] ? ` (${names[index]})` : ''}`);
  const incomplete = [...properties].filter(([, element]) => !isDescribed(element));
  return [...parameters, ...incomplete.map(([key]) => `property ${String(key)}`)];
}

function isDescribed(element: ClassElementMetadata | undefined): boolean {
  if (element === undefined || isIncomplete(element)) return false;
  // `@inject(X)` in a circular import is evaluated before there is an X.
  return element.kind === ClassElementMetadataKind.unmanaged || element.value !== undefined;
}

// `@optional()` or `@named('x')` alone leaves a kind that the public enumeration does not have.
function isIncomplete(element: ClassElementMetadata): boolean {
  return !(element.kind in ClassElementMetadataKind);
}
