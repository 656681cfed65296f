import { basename, dirname, join, relative, sep } from 'node:path';
import { isIgnored } from './plugin-files.ts';

/** What belongs to one plugin, and what to others. All paths are real paths. */
export interface PluginArea {
  readonly label: string;
  readonly entry: string;
  /** The plugin's folder, or its one file. */
  readonly root: string;
  /** The roots of all plugins of the host: folders, and single files. */
  readonly roots: readonly string[];
  /** Where the app runs. */
  readonly cwd: string;
}

/** Whose a file is, as seen from one plugin. */
export type Place =
  | { readonly kind: 'own' }
  /** Imported as it is by everyone, so that its classes are the same for everyone. */
  | { readonly kind: 'shared' }
  | { readonly kind: 'foreign'; readonly owner: string };

export function placeOf(path: string, area: PluginArea): Place {
  if (isInstalled(path, area)) return { kind: 'shared' };
  const owner = ownerOf(path, [area.root, ...area.roots]);
  if (owner === area.root) return isContractOf(owner, path) ? { kind: 'shared' } : { kind: 'own' };
  if (owner) return isContractOf(owner, path) ? { kind: 'shared' } : { kind: 'foreign', owner };
  return isPrivateSibling(path, area) ? { kind: 'own' } : { kind: 'shared' };
}

/** Below a node_modules folder that the plugin's folder itself is not in. */
function isInstalled(path: string, area: PluginArea): boolean {
  const installed = `${sep}node_modules${sep}`;
  return path.lastIndexOf(installed) > area.root.lastIndexOf(installed);
}

/** The innermost root that holds the file. */
function ownerOf(path: string, roots: readonly string[]): string | undefined {
  const holding = roots.filter((root) => path === root || path.startsWith(root + sep));
  return holding.sort((one, other) => other.length - one.length)[0];
}

/** `contract.ts`, and what is in a folder `contract`: imported by its owner and by others alike. */
function isContractOf(root: string, path: string): boolean {
  const [first = ''] = relative(root, path).split(sep);
  return /^contract(\.[cm]?[jt]s)?$/.test(first);
}

/** A plugin that is a single file may keep parts in `_name.ts` or `_folder/` beside it. */
function isPrivateSibling(path: string, { root, entry }: PluginArea): boolean {
  if (root !== entry) return false;
  const [first = ''] = relative(dirname(root), path).split(sep);
  return first.startsWith('_') && isIgnored(first);
}

/** How a file is called in messages: `greeter/index.ts`. */
export function shortName(path: string, area: PluginArea): string {
  const folder = area.root === area.entry ? dirname(area.root) : area.root;
  return join(basename(folder), relative(folder, path)).replaceAll(sep, '/');
}
