import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { circularImport, evaluationFailed } from '../errors/load-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { OwnedClasses } from '../registries/owned-classes.ts';
import type { Bundle, FileNames } from './bundle.ts';
import { compileUncached } from './compile-uncached.ts';
import { decorateName } from './decorate-helper.ts';
import { lazyImports } from './lazy-imports.ts';
import { moduleMeta } from './module-meta.ts';
import { type PluginArea, shortName } from './plugin-area.ts';
import { isNameTaken, mapErrorStack, mapPosition, registerSourceMap } from './source-maps.ts';

/** A generation's evaluated modules. Its source map and what its decorators have said are held on to until `dispose`. */
export interface Evaluated {
  readonly exports: Readonly<Record<string, unknown>>;
  /** The name that V8 knows the text by: `plugboard:<plugin>@<generation>`. */
  readonly file: string;
  readonly owned: OwnedClasses;
  readonly dispose: () => void;
}

/** Told of the name that V8 is to know a plugin's code by, if by one of ours, and runs what evaluates it. */
export type Enter = <T>(file: string | undefined, evaluate: () => T) => T;

/** Evaluates a bundle. Each call makes new classes. Throws a `PluginError` that names the author's line. */
export function evaluateBundle(bundle: Bundle, generation: number, enter: Enter = atOnce): Evaluated {
  const { area } = bundle;
  const file = uniqueName(area.label, generation);
  const owned = new OwnedClasses();
  const dispose = disposal(owned, registerSourceMap(file, bundle.map));
  const module = { exports: {} as unknown };
  try {
    const scope = { ...scopeOf(bundle, module), [decorateName]: owned.decorate };
    const evaluate = compileUncached(bundle.code, Object.keys(scope), file);
    owned.during(bundle.code, () => {
      enter(file, () => Reflect.apply(evaluate, module.exports, Object.values(scope)));
    });
    return { exports: named(module.exports), file, owned, dispose };
  } catch (error) {
    const fault = describeFault(error, file, area);
    dispose();
    throw fault;
  }
}

// Made apart: the function is kept by whoever is to call it, and must keep nothing else of an evaluation.
function disposal(owned: OwnedClasses, forgetSourceMap: () => void): () => void {
  return () => {
    owned.forget();
    forgetSourceMap();
  };
}
const atOnce: Enter = (_file, evaluate) => evaluate();

/** CommonJS may export a class alone: `module.exports = GreeterPlugin`. */
function named(exports: unknown): Readonly<Record<string, unknown>> {
  return typeof exports === 'object' && exports !== null
    ? (exports as Record<string, unknown>)
    : { default: exports };
}

/** Two hosts in one process may both have a first generation of a plugin. */
function uniqueName(label: string, generation: number): string {
  const name = `plugboard:${label.replaceAll(/[^\w.@/-]/g, '_')}@${generation}`;
  let unique = name;
  for (let copy = 2; isNameTaken(unique); copy += 1) unique = `${name}#${copy}`;
  return unique;
}

/** The names that a module finds around it, as in Node's own wrapper, and ours that a bundle refers to. */
function scopeOf(
  { area, externals, names = asTheyAre }: Bundle,
  module: { exports: unknown },
): Record<string, unknown> {
  const { load, from } = lazyImports(area);
  return {
    exports: module.exports,
    module,
    require: createRequire(area.entry),
    __filename: area.entry,
    __dirname: dirname(area.entry),
    $$external: externals.get,
    $$meta: (name: string) => moduleMeta(names.pathOf(name)),
    $$load: async (name: string) => load(names.urlOf(name)),
    $$from: (name: string) => from(names.urlOf(name)),
  };
}

const asTheyAre: FileNames = { pathOf: (path) => path, urlOf: (url) => url };

function describeFault(error: unknown, file: string, area: PluginArea): PluginError {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, line, column] = positionIn(stack, file);
  mapErrorStack(error);
  const place = line ? mapPosition(file, Number(line), Number(column)) : undefined;
  const where = place
    ? `${shortName(place.file, area)}:${place.line}:${place.column}`
    : shortName(area.entry, area);
  const early = error instanceof ReferenceError && /Cannot access '(.+)' before/.exec(error.message)?.[1];
  return early ? circularImport(area.label, where, early, error) : evaluationFailed(area.label, where, error);
}

function positionIn(stack: string, file: string): readonly (string | undefined)[] {
  const after = stack.split(`${file}:`)[1] ?? '';
  return /^(\d+):(\d+)/.exec(after) ?? [];
}
