// One copy of these for host and plugins, or decorators and tokens would land in registries that nobody reads.
const names = [
  'plugboard',
  'inversify',
  '@inversifyjs/core',
  '@inversifyjs/common',
  'reflect-metadata',
  'routing-controllers',
  'class-transformer',
  'class-validator',
];

/** The host's own copy of a package that it shares with all plugins; undefined for any other. */
export function hostPackage(specifier: string): string | undefined {
  const isShared = names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return isShared ? import.meta.resolve(specifier) : undefined;
}
