import semver from 'semver';
import { requirementMissing, requirementUnmet } from '../errors/manifest-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { Manifest } from './manifest.ts';

/** What `requires` needs to know of a plugin. */
export type Versioned = Pick<Manifest, 'name' | 'version' | 'requires'>;

/**
 * What each plugin `requires`, against what there is. Gives the first fault of each plugin that has one, by its name.
 * Prereleases count: 2.0.0-beta.1 is good enough for `^2`.
 */
export function checkRequirements(
  manifests: readonly Versioned[],
  plugboardVersion: string,
): ReadonlyMap<string, PluginError> {
  const versions = new Map(manifests.map(({ name, version }) => [name, version]));
  versions.set('plugboard', plugboardVersion);
  const faults = manifests.flatMap((manifest): [string, PluginError][] => {
    const fault = firstFault(manifest, versions);
    return fault ? [[manifest.name, fault]] : [];
  });
  return new Map(faults);
}

function firstFault(
  { name, requires }: Versioned,
  versions: ReadonlyMap<string, string>,
): PluginError | undefined {
  for (const [required, range] of Object.entries(requires)) {
    const found = versions.get(required);
    if (found === undefined) {
      const others = [...versions.keys()].filter((known) => known !== name);
      return requirementMissing(name, required, range, others);
    }
    if (!semver.satisfies(found, range, { includePrerelease: true })) {
      return requirementUnmet(name, required, range, found);
    }
  }
  return undefined;
}
