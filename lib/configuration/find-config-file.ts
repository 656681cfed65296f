import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configFileMissing } from '../errors/config-errors.ts';

// TypeScript first: what stands beside it is likely what was made of it.
const endings = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json', 'yaml', 'yml'] as const;

/** What was found: the file to read, and others that are not read for its sake. */
export interface FoundFiles {
  readonly path: string;
  readonly ignored: readonly string[];
}

/**
 * The configuration file that is named, or else `plugboard.config.*` in the working directory, where there is one.
 *
 * @throws PluginError CONFIG_FILE_MISSING
 */
export function findConfigFile(named: string | false | undefined, cwd: string): FoundFiles | undefined {
  if (named === false) return undefined;
  if (named !== undefined) return { path: namedFile(named, cwd), ignored: [] };
  const [path, ...ignored] = endings
    .map((ending) => join(cwd, `plugboard.config.${ending}`))
    .filter((file) => existsSync(file));
  return path === undefined ? undefined : { path, ignored };
}

function namedFile(named: string, cwd: string): string {
  const path = named.startsWith('file:') ? fileURLToPath(named) : named;
  const file = isAbsolute(path) ? path : resolve(cwd, path);
  if (!existsSync(file)) throw configFileMissing(file);
  return file;
}
