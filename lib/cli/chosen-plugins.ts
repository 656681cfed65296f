import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { UsageError } from './usage-error.ts';

/**
 * What is listed on the command line, as `createHost` wants it: folders and files with a dot in front, names of packages.
 * Nothing listed is the folder `./plugins`.
 *
 * @throws UsageError for what is not there.
 */
export function chosenPlugins(listed: readonly string[]): readonly string[] {
  return listed.length === 0 ? [ownFolder()] : listed.map(chosen);
}

function ownFolder(): string {
  const path = resolve('plugins');
  if (existsSync(path)) return './plugins';
  throw new UsageError(
    `There is no folder ${path}.`,
    'npx plugboard new plugin hello makes a plugin there; or say where yours are: plugboard start ./my-plugin.',
  );
}

function chosen(listed: string): string {
  const path = resolve(listed);
  if (existsSync(path)) return isAbsolute(listed) || listed.startsWith('.') ? listed : `./${listed}`;
  if (/^[\w@]/.test(listed) && isInstalled(listed)) return listed;
  throw new UsageError(
    `There is no file or folder ${path}, and no package "${listed}" is installed.`,
    'Say where the plugins are: a folder of them, the folder or file of one, or the name of an installed package.',
  );
}

function isInstalled(name: string): boolean {
  const folders = createRequire(join(process.cwd(), 'index.js')).resolve.paths(name) ?? [];
  // A part of a package, as in `plugboard/plugins/health`.
  const folder = /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
  return folders.some((path) => existsSync(join(path, folder)));
}
