import type { ClassMetadata } from '@inversifyjs/core';
import { injectFromBase } from 'inversify';
import { inheritedConstructor } from '../errors/container-errors.ts';
import type { Class } from '../plugin/tokens.ts';
import { rawMetadata, readClassMetadata, writeMetadata } from './class-metadata.ts';
import { hasOwnConstructor } from './constructor-source.ts';

/**
 * Gives `type` what its base injects: without `@injectFromBase`, inversify would pass `undefined` for all of it.
 * The base has been prepared already.
 *
 * @throws PluginError METADATA_MISSING, INHERITED_CONSTRUCTOR
 */
export function inheritInjections(type: Class, plugin: string): void {
  const base = baseOf(type);
  if (base === undefined) return;
  const inheritsConstructor = !Reflect.hasOwnMetadata('design:paramtypes', type) && !hasOwnConstructor(type);
  if (!inheritsConstructor) {
    inheritProperties(type, base);
  } else if (managedBase(type)) {
    readClassMetadata(base, plugin);
    injectFromBase()(type);
  } else {
    const undescribed = constructorOf(base);
    if (undescribed && undescribed.length > 0) throw inheritedConstructor(plugin, type, undescribed);
  }
}

/** The class that `type` extends, if decorators have told anything of it or of what it extends. */
export function managedBase(type: Class): Class | undefined {
  const base = baseOf(type);
  for (let ancestor = base; ancestor !== undefined; ancestor = baseOf(ancestor)) {
    if (Reflect.getOwnMetadataKeys(ancestor).length > 0) return base;
  }
  return undefined;
}

// By hand: inversify's way refuses a base whose constructor is not described, though this one passes it all it needs.
function inheritProperties(type: Class, base: Class): void {
  const inherited = rawMetadata(base);
  if (!inherited) return;
  const own = rawMetadata(type) ?? { ...inherited, constructorArguments: [], scope: undefined };
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
  writeMetadata(type, extended);
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

function isUserClass(base: Class): boolean {
  return Function.prototype.toString.call(base).startsWith('class');
}
