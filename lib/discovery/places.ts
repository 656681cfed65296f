import { stat } from 'node:fs/promises';
import type { Class } from '../plugin/tokens.ts';
import { findDeclaredEntry } from './entry-file.ts';
import { listedPath } from './listed-path.ts';

/** A file or folder that `plugins` lists. */
export interface Place {
  /** Absolute; links are not followed. */
  readonly path: string;
  /** true: each folder and file in it is a plugin. false: it is one itself. */
  readonly holdsPlugins: boolean;
}

/** Where plugins may come, change and go. Packages and classes have no place, and neither has what is not there. */
export async function findPlaces(
  plugins: readonly (string | Class)[],
  cwd: string,
): Promise<readonly Place[]> {
  const places = await Promise.all(plugins.map(async (plugin) => findPlace(plugin, cwd)));
  return places.flatMap((place) => place ?? []);
}

async function findPlace(plugin: string | Class, cwd: string): Promise<Place | undefined> {
  try {
    const path = typeof plugin === 'string' ? listedPath(plugin, cwd) : undefined;
    if (path === undefined) return undefined;
    const isFolder = (await stat(path)).isDirectory();
    return { path, holdsPlugins: isFolder && !(await findDeclaredEntry(path)) };
  } catch {
    // The row of its broken source says why.
    return undefined;
  }
}
