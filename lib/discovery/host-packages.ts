import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

// One copy of these for host and plugins, or decorators and tokens would land in registries that nobody reads.
export const hostPackageNames = [
  'plugboard',
  'inversify',
  '@inversifyjs/core',
  '@inversifyjs/common',
  'reflect-metadata',
  'routing-controllers',
  'class-transformer',
  'class-validator',
] as const;

/** The host's own copy of a package that it shares with all plugins; undefined for any other. */
export function hostPackage(specifier: string): string | undefined {
  const isShared = hostPackageNames.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return isShared ? import.meta.resolve(specifier) : undefined;
}

const own = fileURLToPath(new URL('../..', import.meta.url)).slice(0, -sep.length);

/** The folder of the host's own copy of a shared package. */
export function hostPackageFolder(name: string): string {
  if (name === 'plugboard') return own;
  const path = fileURLToPath(import.meta.resolve(name));
  const folder = `${sep}node_modules${sep}${name.replaceAll('/', sep)}`;
  return path.slice(0, path.lastIndexOf(folder + sep) + folder.length);
}
