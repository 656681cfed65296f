import semver from 'semver';
import { requirementMissing, requirementUnmet } from '../errors/manifest-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { Manifest } from './manifest.ts';

/** What `requires` needs to know of a plugin. */
export type Versioned = Pick<Manifest, 'name' | 'version' | 'requires'>;

/**
 * What each plugin `requires`, against what there is. Gives the faults of each plugin that has some, by its name.
 * Prereleases count: 2.0.0-beta.1 is good enough for `^2`.
 */
export function checkRequirements(
  manifests: readonly Versioned[],
  plugboardVersion: string,
): ReadonlyMap<string, readonly PluginError[]> {
  const versions = new Map(manifests.map(({ name, version }) => [name, version]));
  versions.set('plugboard', plugboardVersion);
  const faults = manifests.map((manifest) => [manifest.name, faultsOf(manifest, versions)] as const);
  return new Map(faults.filter(([, own]) => own.length > 0));
}

function faultsOf(
  { name, requires }: Versioned,
  versions: ReadonlyMap<string, string>,
): readonly PluginError[] {
  return Object.entries(requires).flatMap(([required, range]) => {
    const found = versions.get(required);
    if (found === undefined) {
      const others = [...versions.keys()].filter((known) => known !== name);
      return requirementMissing(name, required, range, others);
    }
    const isMet = semver.satisfies(found, range, { includePrerelease: true });
    return isMet ? [] : requirementUnmet(name, required, range, found);
  });
}
