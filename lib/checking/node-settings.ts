import { createRequire } from 'node:module';
import semver from 'semver';
import { wrongNode } from '../errors/check-errors.ts';
import { nearestPackage } from '../plugin/nearest-package.ts';
import type { Finding } from './finding.ts';
import { readSettingsFile } from './settings-file.ts';
import { ownerOf, type SettingsPlace } from './settings-place.ts';

/** Whether this Node is one that plugboard and the packages around these places are for; each file is told of once. */
export async function nodeFindings(places: readonly SettingsPlace[]): Promise<readonly Finding[]> {
  const own = createRequire(import.meta.url).resolve('plugboard/package.json');
  const files = new Map<string, string | undefined>([[own, undefined]]);
  for (const place of places) {
    const file = (await nearestPackage(place.folder))?.path;
    if (file !== undefined && !files.has(file)) files.set(file, ownerOf(place, file));
  }
  return [...files].flatMap(([file, plugin]) => findingOf(file).map((finding) => ({ ...finding, plugin })));
}

function findingOf(file: string): Finding[] {
  const settings = attempt(() => readSettingsFile(file));
  const { engines } = (settings?.value ?? {}) as { engines?: { node?: unknown } };
  const range = engines?.node;
  if (!settings || typeof range !== 'string' || semver.validRange(range) === null) return [];
  if (semver.satisfies(process.versions.node, range, { includePrerelease: true })) return [];
  const anchor = { kind: 'file', file, line: settings.lineOf(['engines', 'node']) } as const;
  return [{ error: wrongNode(range, process.versions.node, file), anchor }];
}

// A package.json that is no JSON is told of where it is read for the plugin.
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
