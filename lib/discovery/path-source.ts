import { existsSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { noEntry, notCode, sourceNotFound, unreadable } from '../errors/discovery-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { nearestName } from '../plugin/nearest-name.ts';
import { findDeclaredEntry, findEntry } from './entry-file.ts';
import { isCode, isContract, isIgnored, stem } from './plugin-files.ts';
import { type Source, sourcePath } from './source.ts';

/** What is found at an absolute path: a folder of plugins, a folder that is one, or a file. `written` is for messages. */
export async function findInPath(path: string, written: string): Promise<Source[]> {
  const label = stem(path) || written;
  try {
    const status = await stat(path);
    if (!status.isDirectory()) {
      return [isCode(basename(path)) ? await fileSource(path) : broken(path, notCode(label, path))];
    }
    const entry = await findDeclaredEntry(path);
    return entry ? [await folderSource(path, entry)] : await findInFolder(path);
  } catch (cause) {
    if (!isMissing(cause)) return [broken(path, unreadable(label, path, cause))];
    const error = sourceNotFound(label, written, path, await nearestSibling(path));
    return [{ kind: 'broken', label, error }];
  }
}

/** A source as it is now: its entry file may be another, or gone. */
export async function findAgain(source: Source): Promise<Source> {
  const path = sourcePath(source);
  return (path === undefined ? undefined : (await findChild(path))[0]) ?? source;
}

/** The plugin that is now where one was, or is to be; undefined where there is nothing. */
export async function findAt(path: string): Promise<Source | undefined> {
  return existsSync(path) ? (await findChild(path))[0] : undefined;
}

/** Each folder and each single file in a folder of plugins is one. */
async function findInFolder(folder: string): Promise<Source[]> {
  const names = (await readdir(folder)).filter((name) => !isIgnored(name)).sort();
  const found = await Promise.all(names.map((name) => findChild(join(folder, name))));
  return found.flat();
}

async function findChild(path: string): Promise<Source[]> {
  try {
    if ((await stat(path)).isDirectory()) return [await findPluginFolder(path)];
    const name = basename(path);
    return isCode(name) && !isContract(name) ? [await fileSource(path)] : [];
  } catch (error) {
    return [broken(path, unreadable(stem(path), path, error))];
  }
}

async function findPluginFolder(folder: string): Promise<Source> {
  const { entry, ...others } = await findEntry(folder);
  const label = basename(folder);
  return entry ? folderSource(folder, entry) : broken(folder, noEntry(label, folder, others));
}

async function folderSource(folder: string, entry: string): Promise<Source> {
  const [root, file] = await Promise.all([realpath(folder), realpath(entry)]);
  return { kind: 'folder', label: basename(folder), path: folder, root, entry: file };
}

async function fileSource(path: string): Promise<Source> {
  const entry = await realpath(path);
  return { kind: 'file', label: stem(path), path, root: dirname(entry), entry };
}

function broken(path: string, error: PluginError): Source {
  return { kind: 'broken', label: error.plugin, path, error };
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
