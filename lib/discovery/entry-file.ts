import { access, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readPackage } from './package-json.ts';
import { packageEntries } from './package-entry.ts';
import { extensions, isCode, isContract, isIgnored } from './plugin-files.ts';

export interface Entry {
  readonly entry: string | undefined;
  /** The files that it could have been. */
  readonly candidates: readonly string[];
  /** The files that its package.json names, where none of them is there. */
  readonly declared: readonly string[];
  /** The folders in it that could be plugins. */
  readonly inside: readonly string[];
}

/** The file to start with where a folder says so: by its package.json, or by having an index file. */
export async function findDeclaredEntry(folder: string): Promise<string | undefined> {
  return firstExisting([...(await declaredFiles(folder)), ...withExtensions(folder, 'index')]);
}

async function declaredFiles(folder: string): Promise<string[]> {
  const manifest = await readPackage(folder);
  return manifest ? packageEntries(manifest).map((target) => join(folder, target)) : [];
}

/** The file to start with in a plugin's folder: declared, `index.*`, `<folder>.*`, `plugin.*` or the only one. */
export async function findEntry(folder: string): Promise<Entry> {
  const named = [basename(folder), 'plugin'].flatMap((name) => withExtensions(folder, name));
  const entry = (await findDeclaredEntry(folder)) ?? (await firstExisting(named));
  if (entry) return { entry, candidates: [], declared: [], inside: [] };
  const members = await readdir(folder, { withFileTypes: true });
  const names = members.map(({ name }) => name).sort();
  const candidates = names.filter((name) => isCode(name) && !isContract(name));
  const [only] = candidates;
  if (only && candidates.length === 1) {
    return { entry: join(folder, only), candidates, declared: [], inside: [] };
  }
  const folders = names.filter((name) => members.some((one) => one.name === name && one.isDirectory()));
  const withEntry = await Promise.all(
    folders
      .filter((name) => !isIgnored(name))
      .map(async (name) => {
        const found = await firstExisting(withExtensions(join(folder, name), 'index'));
        return found === undefined ? [] : [name];
      }),
  );
  return { entry: undefined, candidates, declared: await declaredFiles(folder), inside: withEntry.flat() };
}

function withExtensions(folder: string, name: string): string[] {
  return extensions.map((extension) => join(folder, name + extension));
}

async function firstExisting(paths: readonly string[]): Promise<string | undefined> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return paths[found.indexOf(true)];
}
