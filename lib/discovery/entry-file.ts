import { access, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readPackage } from './package-json.ts';
import { packageEntries } from './package-entry.ts';
import { extensions, isCode, isContract } from './plugin-files.ts';

export interface Entry {
  readonly entry: string | undefined;
  /** The files that it could have been. */
  readonly candidates: readonly string[];
}

/** The file to start with where a folder says so: by its package.json, or by having an index file. */
export async function findDeclaredEntry(folder: string): Promise<string | undefined> {
  const manifest = await readPackage(folder);
  const declared = manifest ? packageEntries(manifest).map((target) => join(folder, target)) : [];
  return firstExisting([...declared, ...withExtensions(folder, 'index')]);
}

/** The file to start with in a plugin's folder: declared, `index.*`, `<folder>.*`, `plugin.*` or the only one. */
export async function findEntry(folder: string): Promise<Entry> {
  const named = [basename(folder), 'plugin'].flatMap((name) => withExtensions(folder, name));
  const entry = (await findDeclaredEntry(folder)) ?? (await firstExisting(named));
  if (entry) return { entry, candidates: [] };
  const names = await readdir(folder);
  const candidates = names.filter((name) => isCode(name) && !isContract(name)).sort();
  const [only] = candidates;
  return { entry: only && candidates.length === 1 ? join(folder, only) : undefined, candidates };
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
