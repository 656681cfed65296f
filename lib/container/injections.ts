import {
  ClassElementMetadataKind,
  getClassMetadata,
  InversifyCoreError,
  InversifyCoreErrorKind,
} from '@inversifyjs/core';
import { injectable, injectFromBase, LazyServiceIdentifier } from 'inversify';
import { inheritedConstructor, metadataMissing } from '../errors/container-errors.ts';
import type { Class, Token } from '../plugin/tokens.ts';

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

/** Without `@injectFromBase`, inversify gives a subclass `undefined` for all that its base injects. */
function inheritInjections(type: Class, plugin: string): void {
  const base = baseOf(type);
  if (base === undefined) return;
  const ownConstructor = Reflect.hasOwnMetadata('design:paramtypes', type) || type.length > 0;
  if (!isManaged(base)) {
    if (!ownConstructor && base.length > 0 && isUserClass(base))
      throw inheritedConstructor(plugin, type, base);
    return;
  }
  prepare(base, plugin);
  classMetadata(base, plugin);
  injectFromBase({ extendConstructorArguments: !ownConstructor })(type);
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

function classMetadata(type: Class, plugin: string): ReturnType<typeof getClassMetadata> {
  try {
    return getClassMetadata(type);
  } catch (error) {
    const hasTypes = Reflect.hasOwnMetadata('design:paramtypes', type);
    throw metadataMissing(plugin, type, unreadableIndexes(error, type), hasTypes, error);
  }
}

function unreadableIndexes(error: unknown, type: Class): readonly number[] {
  const text = error instanceof Error ? error.message : '';
  const found = [...text.matchAll(/index(?:es)? "?([\d", ]+)/g)].flatMap(
    (match) => match[1]?.match(/\d+/g) ?? [],
  );
  return found.length > 0 ? found.map(Number) : Array.from({ length: type.length }, (_, index) => index);
}
