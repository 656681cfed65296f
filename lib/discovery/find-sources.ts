import { invalidUrl, notASource } from '../errors/discovery-errors.ts';
import type { Class } from '../plugin/tokens.ts';
import { listedPath } from './listed-path.ts';
import { findPackage } from './package-source.ts';
import { findInPath } from './path-source.ts';
import { type Source, sourceIdentity } from './source.ts';

export interface FindOptions {
  /** What relative paths are relative to, and where packages are looked up from. */
  readonly cwd: string;
}

/**
 * Finds where plugins come from: classes as they are, folders and files by path, all others as packages.
 * Never rejects: what can't be found is a broken source. In the order given; within a folder, by name.
 */
export async function findSources(
  plugins: readonly (string | Class)[],
  options: FindOptions,
): Promise<Source[]> {
  const found = await Promise.all(plugins.map((plugin) => findSource(plugin, options.cwd)));
  return distinct(found.flat());
}

async function findSource(plugin: string | Class, cwd: string): Promise<Source[]> {
  if (typeof plugin === 'function') {
    return [{ kind: 'class', label: plugin.name || '(anonymous class)', pluginClass: plugin }];
  }
  if (typeof plugin !== 'string') return [{ kind: 'broken', label: 'plugin', error: notASource(plugin) }];
  let path: string | undefined;
  try {
    path = listedPath(plugin, cwd);
  } catch (error) {
    return [{ kind: 'broken', label: plugin, error: invalidUrl(plugin, error) }];
  }
  return path === undefined ? [await findPackage(plugin, cwd)] : findInPath(path, plugin);
}

/** The same plugin may be reached by a link and by its own path, or be listed twice. */
function distinct(sources: readonly Source[]): Source[] {
  const known = new Map(sources.toReversed().map((source) => [sourceIdentity(source), source]));
  return sources.filter((source) => known.get(sourceIdentity(source)) === source);
}
