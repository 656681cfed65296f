import { createRequire } from 'node:module';
import { lineage } from './lineage.ts';

/** What `@Type` says of a property. */
export interface TypeMetadata {
  readonly typeFunction?: (...details: unknown[]) => unknown;
  readonly reflectedType: unknown;
  readonly options?: { readonly discriminator?: unknown };
}

type Metadata<T> = Map<unknown, ReadonlyMap<string | undefined, T>>;

interface Storage {
  readonly _typeMetadatas: Metadata<TypeMetadata>;
  readonly _transformMetadatas: Metadata<unknown>;
  readonly _exposeMetadatas: Metadata<unknown>;
  readonly _excludeMetadatas: Metadata<unknown>;
  /** What each class extends that was ever transformed: found out anew where it is not there. */
  readonly _ancestorsMap: Map<unknown, unknown>;
}

// Its storage is not exported, and there is no other way to ask for a class as a whole.
const { defaultMetadataStorage: storage } = createRequire(import.meta.url)(
  'class-transformer/cjs/storage.js',
) as { readonly defaultMetadataStorage: Storage };

/** Whether a class or one of its ancestors has `@Expose`, `@Exclude` or `@Transform`. */
export function hasTransformations(type: unknown): boolean {
  const { _transformMetadatas, _exposeMetadatas, _excludeMetadatas } = storage;
  return lineage(type).some((one) =>
    [_transformMetadatas, _exposeMetadatas, _excludeMetadatas].some((metadata) => metadata.has(one)),
  );
}

/** The `@Type` of each property of a class, its own before its ancestors'. */
export function typesOf(type: unknown): ReadonlyMap<string, TypeMetadata> {
  const types = new Map<string, TypeMetadata>();
  for (const one of lineage(type).toReversed()) {
    for (const [property, metadata] of storage._typeMetadatas.get(one) ?? []) {
      if (property !== undefined) types.set(property, metadata);
    }
  }
  return types;
}

/** By class, all that class-transformer's decorators have left. */
export const transformationMaps: readonly Map<unknown, unknown>[] = [
  storage._typeMetadatas,
  storage._transformMetadatas,
  storage._exposeMetadatas,
  storage._excludeMetadatas,
];

/** Takes away all that class-transformer knows of these classes. */
export function forgetTransformations(owned: ReadonlySet<object>): void {
  for (const map of transformationMaps) for (const type of owned) map.delete(type);
  // Classes without decorators are in it as well, and nobody can tell whose they are.
  storage._ancestorsMap.clear();
}
