import { createRequire, isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostPackage } from './host-packages.ts';
import { isPath } from './resolve-import.ts';

/** What `import.meta` is in one of a plugin's files. */
export interface ModuleMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  readonly main: false;
  resolve(specifier: string): string;
}

export function moduleMeta(path: string): ModuleMeta {
  const { href } = pathToFileURL(path);
  return {
    url: href,
    filename: path,
    dirname: dirname(path),
    main: false,
    resolve: (name) => resolve(name, href),
  };
}

function resolve(specifier: string, importer: string): string {
  if (isPath(specifier) || URL.canParse(specifier)) return new URL(specifier, importer).href;
  if (isBuiltin(specifier)) return `node:${specifier}`;
  return hostPackage(specifier) ?? pathToFileURL(createRequire(importer).resolve(specifier)).href;
}
