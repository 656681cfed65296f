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
  const names = parameterNames(type);
  return undescribedElements(type).map((element) => {
    if ('property' in element) return `property ${element.property}`;
    const name = names[element.index];
    return `parameter ${element.index + 1}${name ? ` (${name})` : ''}`;
  });
}

/** A parameter of a constructor, by its place from 0, or a property. */
export type InjectedElement = { readonly index: number } | { readonly property: string };

/** What nothing says what to inject as. */
export function undescribedElements(type: Class): readonly InjectedElement[] {
  const { constructorArguments = [], properties = new Map() } = rawMetadata(type) ?? {};
  const count = Math.max(type.length, constructorArguments.length);
  const parameters = Array.from({ length: count }, (_, index) => index).filter(
    (index) => !isDescribed(constructorArguments[index]),
  );
  const incomplete = [...properties].filter(([, element]) => !isDescribed(element));
  return [
    ...parameters.map((index) => ({ index })),
    ...incomplete.map(([key]) => ({ property: String(key) })),
  ];
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

/** What inversify makes of `type`, or what it knows by now where that is not complete. */
export function knownMetadata(type: Class): ClassMetadata | undefined {
  const metadata = completeMetadata(type);
  return 'fault' in metadata ? rawMetadata(type) : metadata;
}

/** What inversify has been told of `type` by now, complete or not. */
export function rawMetadata(type: Class): ClassMetadata | undefined {
  return Reflect.getOwnMetadata(metadataKey, type) as ClassMetadata | undefined;
}

export function writeMetadata(type: Class, metadata: ClassMetadata): void {
  Reflect.defineMetadata(metadataKey, metadata, type);
}
