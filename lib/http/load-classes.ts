import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { controllersFileError } from '../errors/controllers-errors.ts';
import type { Class } from '../plugin/tokens.ts';

/**
 * All classes that the files of a path or pattern export, as routing-controllers takes them: also those in objects and arrays.
 * undefined where there is no such file.
 *
 * @throws {PluginError} `CONTROLLERS_FILE_FAILED`.
 */
export function loadClasses(pattern: string): Class[] | undefined {
  const files = findFiles(pattern);
  return files.length > 0 ? files.flatMap((file) => classesIn(load(file))) : undefined;
}

const ownRequire = createRequire(import.meta.url);

interface Glob {
  sync(pattern: string): string[];
}

/** By the very package that routing-controllers depends on for it. */
function findFiles(pattern: string): string[] {
  const glob = createRequire(ownRequire.resolve('routing-controllers'))('glob') as Glob;
  return glob
    .sync(resolve(pattern).replaceAll('\\', '/'))
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file));
}

// Not import(): a handler is there at once. Node requires ES modules, too, where they don't await at their top level.
function load(file: string): unknown {
  try {
    return ownRequire(file);
  } catch (cause) {
    throw controllersFileError(file, cause);
  }
}

function classesIn(exported: unknown): Class[] {
  if (typeof exported === 'function') return [exported as Class];
  if (typeof exported !== 'object' || exported === null) return [];
  return Object.values(exported).flatMap(classesIn);
}
