import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
  const [path, ...ignored] = candidates(cwd).filter((file) => existsSync(file));
  return path === undefined ? undefined : { path, ignored };
}

/** Where a configuration file may be, or come, by absolute paths. */
export function configFilePlaces(named: string | false | undefined, cwd: string): readonly string[] {
  if (named === false) return [];
  return named === undefined ? candidates(cwd) : [absolutePath(named, cwd)];
}

function candidates(cwd: string): readonly string[] {
  return endings.map((ending) => join(cwd, `plugboard.config.${ending}`));
}

function namedFile(named: string, cwd: string): string {
  const file = absolutePath(named, cwd);
  if (!existsSync(file)) throw configFileMissing(file);
  return file;
}

function absolutePath(named: string, cwd: string): string {
  return resolve(cwd, named.startsWith('file:') ? fileURLToPath(named) : named);
}
