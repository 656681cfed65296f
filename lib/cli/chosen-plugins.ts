import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import type { HostOptions } from 'plugboard';
import { UsageError } from './usage-error.ts';

/** Which plugins a host is to have, by what it is told on the command line. */
export type ChosenPlugins = Pick<HostOptions, 'plugins' | 'configFile'>;

/**
 * What is listed on the command line, as `createHost` wants it: folders and files with a dot in front, names of packages.
 * Nothing listed is what the configuration file lists, or the folder `./plugins`.
 *
 * @throws UsageError for what is not there, PluginError for a configuration file that can't be read.
 */
export async function chosenPlugins(listed: readonly string[], configFile?: string): Promise<ChosenPlugins> {
  if (listed.length > 0) return { plugins: listed.map(chosen), configFile };
  const { readConfig } = await import('plugboard');
  const { config } = await readConfig(configFile);
  return config.plugins ? { configFile } : { plugins: [ownFolder()], configFile };
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
