import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { BindingRecord } from '../container/binding-record.ts';
import { undescribedElements } from '../container/class-metadata.ts';
import { injectedAs } from '../container/injections.ts';
import { pluginRoot, sourcePath, type Source } from '../discovery/source.ts';
import { ConfigError } from '../errors/config-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { BoundEntry, Entry } from '../hosting/entry.ts';
import { tokenName, type Class } from '../plugin/tokens.ts';
import type { Anchor } from './anchor.ts';

/** What a fault of a plugin that could be loaded is about; the plugin class where nothing tells more. */
export function anchorOf(error: PluginError, entry: Entry | BoundEntry): Anchor {
  const { code, path = [] } = error;
  const { pluginClass } = entry.loaded;
  const written = configAnchor(error);
  if (written) return written;
  const option = options[code];
  if (option !== undefined) return { kind: 'option', type: pluginClass, option };
  const [, second = ''] = path;
  if (code === 'DEPENDENCY_CYCLE') return dependencyAnchor(second, entry);
  if (code === 'METADATA_MISSING') return undescribedAnchor(classNamed(second, entry) ?? pluginClass);
  return (
    actionAnchor(second, entry) ??
    injectionAnchor(path, entry) ?? {
      kind: 'class',
      type: classNamed(second, entry) ?? pluginClass,
    }
  );
}

/** Where the configuration file says what is wrong. */
export function configAnchor(error: PluginError): Anchor | undefined {
  const origins = error instanceof ConfigError ? error.origins : [];
  const [place] = origins.flatMap(({ file, line }) => (file === undefined ? [] : { file, line }));
  return place && { kind: 'file', ...place };
}

/** Where a plugin says that it needs another: by a token's name, or by `requires`. */
export function dependencyAnchor(via: string, entry: Entry | BoundEntry): Anchor {
  const type = entry.loaded.pluginClass;
  if (via === 'requires') return { kind: 'option', type, option: 'requires' };
  const needs = 'container' in entry ? entry.container.needs : [];
  const need = needs.find(({ token }) => tokenName(token) === via);
  return (need && injectionAnchor(need.path, entry)) ?? { kind: 'class', type };
}

/** By the code of an error: which of `@Plugin`'s options it is about. */
const options: Readonly<Record<string, string>> = {
  DUPLICATE_NAME: 'name',
  EXPORT_NOT_BOUND: 'exports',
  EXPORT_TAKEN: 'exports',
  INVALID_CONFIG: 'config',
  INVALID_SERVICE: 'services',
  NOT_DECORABLE: 'decorates',
  REQUIREMENT_MISSING: 'requires',
  REQUIREMENT_UNMET: 'requires',
};

function undescribedAnchor(type: Class): Anchor {
  const [element] = undescribedElements(type);
  return element ? { kind: 'injection', type, element } : { kind: 'class', type };
}

/** `Greeter.greet` */
function actionAnchor(name: string, entry: Entry): Anchor | undefined {
  const [className = '', method] = name.split('.');
  if (method === undefined) return undefined;
  const type = classNamed(className, entry);
  return type && { kind: 'method', type, method };
}

/** What a fault of the app's own services is about. */
export function serviceAnchor(
  { path = [] }: PluginError,
  records: readonly BindingRecord[],
): Anchor | undefined {
  const [holder = '', asked = ''] = path.slice(-2);
  const type = boundClass(holder, records);
  return type && (elementAnchor(type, asked) ?? { kind: 'class', type });
}

/** Who asks, and for what, are the last two of the way; the plugin class goes by the plugin's name. */
function injectionAnchor(path: readonly string[], entry: Entry | BoundEntry): Anchor | undefined {
  const [holder = '', asked = ''] = path.slice(-2);
  const type = holder === entry.row.name ? entry.loaded.pluginClass : classNamed(holder, entry);
  const anchor = type && elementAnchor(type, asked);
  if (anchor) return anchor;
  const isDeclared = entry.loaded.options.imports?.some((token) => tokenName(token) === asked);
  return isDeclared ? { kind: 'option', type: entry.loaded.pluginClass, option: 'imports' } : undefined;
}

function elementAnchor(type: Class, asked: string): Anchor | undefined {
  const element = injectedAs(type, asked);
  return element && { kind: 'injection', type, element };
}

function boundClass(name: string, records: readonly BindingRecord[]): Class | undefined {
  return records.find(({ token, type }) => type && tokenName(token) === name)?.type;
}

/** A class of the plugin, by its name or by that of the token that it is bound to. */
function classNamed(name: string, entry: Entry | BoundEntry): Class | undefined {
  const { pluginClass, controllers, options: given } = entry.loaded;
  const records = 'container' in entry ? entry.container.records : [];
  const listed = [
    pluginClass,
    ...controllers,
    ...[given.services ?? [], given.middlewares ?? [], given.interceptors ?? []].flat(2),
    ...(given.decorates ?? []).map(([, wrapper]) => wrapper),
  ];
  return (
    boundClass(name, records) ??
    listed.find((type): type is Class => typeof type === 'function' && type.name === name)
  );
}

/** What a fault of a source that could not be loaded is about: the place that the error names, or else the source. */
export function anchorOfSource(error: PluginError, source: Source): Anchor | undefined {
  const { phase, path = [] } = error;
  const option = manifestOptions[error.code] ?? path[1];
  if (phase === 'manifest' && option !== undefined && error.code !== 'INVALID_PACKAGE_JSON') {
    if (source.kind === 'class') return { kind: 'option', type: source.pluginClass, option };
    if ('entry' in source) return { kind: 'option-in-file', file: source.entry, option };
  }
  if (source.kind === 'class') return { kind: 'class', type: source.pluginClass };
  const named = placeIn(path[0] ?? '', source);
  if (named) return named;
  const file = 'entry' in source ? source.entry : sourcePath(source);
  return file === undefined ? undefined : { kind: 'file', file };
}

const manifestOptions: Readonly<Record<string, string>> = {
  INVALID_NAME: 'name',
  INVALID_RANGE: 'requires',
  INVALID_VERSION: 'version',
};

/** `greeter/index.ts:3:7` of the folder `greeter`, or an absolute path. */
export function placeIn(where: string, source: Source): Anchor | undefined {
  const [, name = '', line] = /^(.+?)(?::(\d+)(?::\d+)?)?$/.exec(where) ?? [];
  const root = pluginRoot(source);
  const folder = source.kind === 'file' ? dirname(source.entry) : root;
  const file =
    isAbsolute(name) || folder === undefined ? name : join(folder, name.slice(basename(folder).length));
  if (!isAbsolute(file) || !existsSync(file)) return undefined;
  return { kind: 'file', file, line: line === undefined ? undefined : Number(line) };
}
