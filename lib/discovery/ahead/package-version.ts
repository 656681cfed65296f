import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PortableNames } from './portable-names.ts';

/**
 * The version of the installed package that a module is of, by its portable name; empty for the app's own files, for what
 * is no file, and for Plugboard, whose version counts for the whole build.
 */
export function packageVersion(name: string, names: PortableNames): string {
  if (name.startsWith('host:plugboard/')) return '';
  const url = names.urlOf(name);
  const path = url.startsWith('file:') ? fileURLToPath(url) : '';
  const folder = new RegExp(`^.*\\${sep}node_modules\\${sep}(@[^\\${sep}]+\\${sep})?[^\\${sep}]+`).exec(
    path,
  )?.[0];
  if (folder === undefined) return '';
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version?: unknown;
    };
    return typeof version === 'string' ? version : '';
  } catch {
    return '';
  }
}
