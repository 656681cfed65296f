import { basename, dirname, relative, sep } from 'node:path';
import type { Place } from '../discovery/places.ts';
import { isCode, isContract, isIgnored } from '../discovery/plugin-files.ts';
import { sourcePath } from '../discovery/source.ts';
import type { Member, Roster } from './roster.ts';

export interface Surroundings {
  readonly roster: Roster;
  readonly places: readonly Place[];
  /** Templates are kept until their plugin is loaded anew. */
  readonly keepsTemplates: boolean;
}

/** Where the plugins are or may be that a changed file or folder belongs to. Of most files nobody takes notice. */
export function changedPlugins(path: string, surroundings: Surroundings): ReadonlySet<string> {
  const { roster, places } = surroundings;
  const found = new Set<string>();
  let isKnown = false;
  for (const member of roster.members) {
    const own = sourcePath(member.source);
    if (own === undefined) continue;
    isKnown ||= isWithin(own, path);
    if (isConcerned(member, own, path, surroundings)) found.add(own);
  }
  const place = isKnown ? undefined : places.find((one) => isWithin(one.path, path));
  const arrival = place && arrivalAt(path, place);
  return arrival === undefined ? found : found.add(arrival);
}

/** True for a file that Node has loaded for plugins, once for all. */
export function isShared(path: string, { members }: Roster): boolean {
  const names = new Set([path, ...members.map((member) => realPath(path, member))]);
  return members.some(({ entry }) => entry?.loaded.shared.some((file) => names.has(file)));
}

/** True for what is in a folder, or is it itself. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isConcerned(member: Member, own: string, path: string, { keepsTemplates }: Surroundings): boolean {
  const { entry, row } = member;
  const real = realPath(path, member);
  const { files = [], views, assets } = entry?.loaded ?? {};
  if (path === own || files.includes(real)) return true;
  if (views !== undefined && isWithin(views, real)) return keepsTemplates;
  if (isWithin(own, path) && manifests.has(relative(own, path))) return true;
  // What is broken may be mended by a file that was not there: which one, nobody knows.
  const isLost = row.failure !== undefined || !entry;
  const isInAssets = assets !== undefined && isWithin(assets, real);
  return isLost && !isInAssets && isSource(path) && isOwn(path, own, member);
}

const manifests = new Set(['package.json', 'tsconfig.json']);

function isSource(path: string): boolean {
  const name = basename(path).replace(/^_+/, '');
  return isCode(name) || name.endsWith('.json');
}

/** In the plugin's folder, or, of one that is a single file, among the private files beside it. */
function isOwn(path: string, own: string, { source }: Member): boolean {
  if (source.kind !== 'file') return isWithin(own, path);
  return relative(dirname(own), path).startsWith('_');
}

/** Where a plugin is about to come that nobody knows yet. */
function arrivalAt(path: string, { path: folder, holdsPlugins }: Place): string | undefined {
  if (!holdsPlugins) return folder;
  const [first = ''] = relative(folder, path).split(sep);
  if (first === '' || isIgnored(first) || isContract(first)) return undefined;
  return folder + sep + first;
}

/** Plugins know their files by real paths, whatever links lead to them. */
function realPath(path: string, { source }: Member): string {
  if (source.kind !== 'folder' && source.kind !== 'file') return path;
  const from = source.kind === 'folder' ? source.path : dirname(source.path);
  return isWithin(from, path) ? source.root + path.slice(from.length) : path;
}
