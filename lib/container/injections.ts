import {
  ClassElementMetadataKind,
  InversifyCoreError,
  InversifyCoreErrorKind,
  type ClassElementMetadata,
} from '@inversifyjs/core';
import { inject, injectable, LazyServiceIdentifier } from 'inversify';
import { tokenName, type Class, type Token } from '../plugin/tokens.ts';
import {
  isIncomplete,
  knownMetadata,
  rawMetadata,
  readClassMetadata,
  type InjectedElement,
} from './class-metadata.ts';
import { inheritInjections, managedBase } from './inherited-injections.ts';

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
  const metadata = readClassMetadata(type, plugin);
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

/** Where `type` itself asks for a token of this name; undefined where it does not, or only what it extends does. */
export function injectedAs(type: Class, name: string): InjectedElement | undefined {
  const { constructorArguments = [], properties = new Map() } = knownMetadata(type) ?? {};
  const isIt = (element: ClassElementMetadata | undefined): boolean =>
    element !== undefined && 'value' in element && tokenName(unwrap(element.value)) === name;
  const index = constructorArguments.findIndex(isIt);
  if (index >= 0) return { index };
  const property = [...properties].find(([, element]) => isIt(element));
  return property && { property: String(property[0]) };
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
  const base = managedBase(type);
  if (base) prepare(base, plugin);
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
  const { constructorArguments = [], properties = new Map() } = rawMetadata(type) ?? {};
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
