import {
  ClassElementMetadataKind,
  getClassMetadata,
  type ClassElementMetadata,
  type ClassMetadata,
} from '@inversifyjs/core';
import { metadataMissing } from '../errors/container-errors.ts';
import type { Class } from '../plugin/tokens.ts';
import { parameterNames } from './constructor-source.ts';

/**
 * What inversify knows of `type`, complete.
 *
 * @throws PluginError METADATA_MISSING
 */
export function readClassMetadata(type: Class, plugin: string): ClassMetadata {
  const metadata = completeMetadata(type);
  if ('fault' in metadata) {
    const hasTypes = Reflect.hasOwnMetadata('design:paramtypes', type);
    throw metadataMissing(plugin, type, { places: undescribed(type), hasTypes, cause: metadata.fault });
  }
  return metadata;
}

function completeMetadata(type: Class): ClassMetadata | { readonly fault: unknown } {
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
  const { constructorArguments = [], properties = new Map() } = rawMetadata(type) ?? {};
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
export function isIncomplete(element: ClassElementMetadata): boolean {
  return !(element.kind in ClassElementMetadataKind);
}

// inversify's own key: it offers no way to read what is not complete.
const metadataKey = '@inversifyjs/core/classMetadataReflectKey';

/** What inversify knows of `type` by now, complete or not. */
export function rawMetadata(type: Class): ClassMetadata | undefined {
  return Reflect.getOwnMetadata(metadataKey, type) as ClassMetadata | undefined;
}

export function writeMetadata(type: Class, metadata: ClassMetadata): void {
  Reflect.defineMetadata(metadataKey, metadata, type);
}
