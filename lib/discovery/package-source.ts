import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageNotFound, packageWithoutEntry } from '../errors/discovery-errors.ts';
import { packageEntries } from './package-entry.ts';
import { readPackage } from './package-json.ts';
import type { Source } from './source.ts';

/** Finds an installed package as the app in `cwd` would import it. */
export async function findPackage(name: string, cwd: string): Promise<Source> {
  const [, packageName, subpath] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(name) ?? [];
  const folder = packageName ? await findInstalled(packageName, cwd) : undefined;
  if (!folder) {
    const isFolder = existsSync(join(cwd, name));
    return { kind: 'broken', label: name, error: packageNotFound(name, cwd, isFolder) };
  }
  const entries = packageEntries((await readPackage(folder)) ?? {}, `.${subpath ?? ''}`);
  const entry = await firstFile(entries.map((target) => join(folder, target)));
  if (!entry) return { kind: 'broken', label: name, error: packageWithoutEntry(name, folder, entries[0]) };
  // Of several plugins in one package each has the folder that its file is in.
  const root = subpath ? dirname(entry) : folder;
  return { kind: 'package', label: name, root: await realpath(root), entry: await realpath(entry) };
}

async function findInstalled(packageName: string, from: string): Promise<string | undefined> {
  const folder = join(from, 'node_modules', packageName);
  if (await isDirectory(folder)) return folder;
  return dirname(from) === from ? undefined : findInstalled(packageName, dirname(from));
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  const found = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        (status) => status.isFile(),
        () => false,
      ),
    ),
  );
  return paths[found.indexOf(true)];
}
