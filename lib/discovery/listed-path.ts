import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path that an entry of `plugins` names; undefined where it is a package's name. Throws for a URL of no file. */
export function listedPath(plugin: string, cwd: string): string | undefined {
  if (plugin.startsWith('file:')) return fileURLToPath(plugin);
  return /^\.\.?([\\/]|$)/.test(plugin) || isAbsolute(plugin) ? resolve(cwd, plugin) : undefined;
}
