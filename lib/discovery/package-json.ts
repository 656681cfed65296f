import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What of a package.json decides which file is its entry. */
export interface PackageJson {
  readonly name?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
}

/** A folder's own package.json, or undefined where it has none that can be read. */
export async function readPackage(folder: string): Promise<PackageJson | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
