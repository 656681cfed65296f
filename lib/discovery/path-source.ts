import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { noEntry, notCode, sourceNotFound, unreadable } from '../errors/discovery-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { nearestName } from '../plugin/nearest-name.ts';
import { findDeclaredEntry, findEntry } from './entry-file.ts';
import { isCode, isContract, isIgnored, stem } from './plugin-files.ts';
import type { FileSource, FolderSource, Source } from './source.ts';

/** What is found at an absolute path: a folder of plugins, a folder that is one, or a file. `written` is for messages. */
export async function findInPath(path: string, written: string): Promise<Source[]> {
  const label = stem(path) || written;
  try {
    const status = await stat(path);
    if (!status.isDirectory()) {
      return [isCode(basename(path)) ? await fileSource(path) : broken(label, notCode(label, path))];
    }
    const entry = await findDeclaredEntry(path);
    return entry ? [await folderSource(path, entry)] : await findInFolder(path);
  } catch (error) {
    if (!isMissing(error)) return [broken(label, unreadable(label, path, error))];
    return [broken(label, sourceNotFound(label, written, path, await nearestSibling(path)))];
  }
}

/** A source as it is now: its entry file may be another, or gone. */
export async function findAgain(source: FolderSource | FileSource): Promise<Source> {
  return (await findChild(source.kind === 'folder' ? source.root : source.entry))[0] ?? source;
}

/** Each folder and each single file in a folder of plugins is one. */
async function findInFolder(folder: string): Promise<Source[]> {
  const names = (await readdir(folder)).filter((name) => !isIgnored(name)).sort();
  const found = await Promise.all(names.map((name) => findChild(join(folder, name))));
  return found.flat();
}

async function findChild(path: string): Promise<Source[]> {
  const label = stem(path);
  try {
    if ((await stat(path)).isDirectory()) return [await findPluginFolder(path)];
    const name = basename(path);
    return isCode(name) && !isContract(name) ? [await fileSource(path)] : [];
  } catch (error) {
    return [broken(label, unreadable(label, path, error))];
  }
}

async function findPluginFolder(folder: string): Promise<Source> {
  const { entry, candidates } = await findEntry(folder);
  const label = basename(folder);
  return entry ? folderSource(folder, entry) : broken(label, noEntry(label, folder, candidates));
}

async function folderSource(folder: string, entry: string): Promise<Source> {
  const [root, file] = await Promise.all([realpath(folder), realpath(entry)]);
  return { kind: 'folder', label: basename(folder), root, entry: file };
}

async function fileSource(path: string): Promise<Source> {
  const entry = await realpath(path);
  return { kind: 'file', label: stem(path), root: dirname(entry), entry };
}

function broken(label: string, error: PluginError): Source {
  return { kind: 'broken', label, error };
}

function isMissing(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'ENOENT' || code === 'ENOTDIR';
}

async function nearestSibling(path: string): Promise<string | undefined> {
  try {
    return nearestName(basename(path), await readdir(dirname(path)));
  } catch {
    return undefined;
  }
}
