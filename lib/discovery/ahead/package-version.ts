import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version of the installed package that a module is of; empty for the app's own files, and what is no file. */
export function packageVersion(url: string): string {
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
