import { listNames, ownerOf, storedIn } from './routing-storage.ts';
import { transformationMaps } from './transformation-metadata.ts';
import { validationMaps } from './validation-metadata.ts';

/** How much the registries held at some time. */
export interface RegistryMark {
  readonly lists: readonly number[];
  readonly maps: readonly number[];
}

export function markRegistries(): RegistryMark {
  return {
    lists: listNames.map((name) => storedIn(name).length),
    maps: registryMaps().map(({ size }) => size),
  };
}

/**
 * The classes that were registered after `mark`, besides those that are `known` to have been. Nothing may have been taken
 * away in between.
 */
export function registeredSince(mark: RegistryMark, known: ReadonlySet<unknown>): Set<unknown> {
  const inLists = listNames.flatMap((name, index) =>
    storedIn(name)
      .slice(mark.lists[index])
      .map((args) => ownerOf(args)),
  );
  const inMaps = registryMaps().flatMap((map, index) => addedKeys(map, mark.maps[index] ?? 0, known));
  return new Set([...inLists, ...inMaps].filter((type) => !known.has(type)));
}

// To go through a whole map for each plugin would take long where there are a thousand, so it is counted first.
function addedKeys(
  map: ReadonlyMap<unknown, unknown>,
  before: number,
  known: ReadonlySet<unknown>,
): unknown[] {
  const added = map.size - before;
  if (added === 0 || added === countIn(map, known)) return [];
  return [...map.keys()].slice(before);
}

function countIn(map: ReadonlyMap<unknown, unknown>, known: ReadonlySet<unknown>): number {
  let count = 0;
  for (const type of known) if (map.has(type)) count++;
  return count;
}

function registryMaps(): readonly ReadonlyMap<unknown, unknown>[] {
  return [...validationMaps(), ...transformationMaps];
}
