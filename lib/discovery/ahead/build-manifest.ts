import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `plugboard build` has written, in `plugboard-build.json`. Files are called by portable names. */
export interface BuildManifest {
  /** Of the manifest itself, and of the texts that belong to it. */
  readonly format: number;
  /** The version of Plugboard that made it. */
  readonly plugboard: string;
  readonly plugins: readonly BuiltPlugin[];
  readonly modules: readonly BuiltModule[];
}

/** A plugin's own files as one text, `<file>`, with its source map, `<file>.map`. */
export interface BuiltPlugin {
  /** The file that the plugin starts with. */
  readonly entry: string;
  readonly file: string;
  /** The plugin's own files that are in it, each with the hash of its text. */
  readonly sources: Readonly<Record<string, string>>;
  /** What its text takes from outside: each id that it asks by, with the version of the package that it is from. */
  readonly externals: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** A TypeScript file that is imported as it is, by plugins or by the app: a contract, say. */
export interface BuiltModule {
  readonly source: string;
  readonly hash: string;
  readonly file: string;
  readonly format: 'module' | 'commonjs';
  /** What it plainly exports, where it is CommonJS. */
  readonly names: readonly string[];
}

export const manifestName = 'plugboard-build.json';

/** Of this version of the manifest. */
export const manifestFormat = 1;

/** Undefined where there is none, or none that can be read. */
export async function readBuildManifest(folder: string): Promise<BuildManifest | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, manifestName), 'utf8')) as BuildManifest;
  } catch {
    return undefined;
  }
}
