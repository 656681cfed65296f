import { PluginError } from './plugin-error.ts';

/** `plugins` has something in it that is neither a string nor a class. */
export function notASource(value: unknown): PluginError {
  const found = value instanceof Promise ? 'a promise' : value === null ? 'null' : `of type ${typeof value}`;
  return new PluginError({
    code: 'INVALID_SOURCE',
    message: `"plugins" has an entry that is ${found}.`,
    fix: "List classes, paths and package names: plugins: [GreeterPlugin, './plugins', 'a-package'] (await what is imported, and do not call new).",
    plugin: 'plugin',
    phase: 'discover',
  });
}

/** `plugins` has a `file:` URL that names no path. */
export function invalidUrl(url: string, cause: unknown): PluginError {
  return new PluginError({
    code: 'INVALID_SOURCE',
    message: `"plugins" lists ${JSON.stringify(url)}, which is not the URL of a file.`,
    fix: `Write new URL('./plugins', import.meta.url).href.`,
    plugin: url,
    phase: 'discover',
    cause,
  });
}

/** `plugins` names a path where there is nothing. */
export function sourceNotFound(
  plugin: string,
  written: string,
  path: string,
  nearest: string | undefined,
): PluginError {
  const hint = nearest ? `Did you mean ${JSON.stringify(replaceLast(written, nearest))}? ` : '';
  return new PluginError({
    code: 'SOURCE_NOT_FOUND',
    message: `There is no file or folder ${path}, which "plugins" lists as ${JSON.stringify(written)}.`,
    fix: `${hint}A relative path starts at the folder that the app runs in; new URL('./plugins', import.meta.url).href starts at the file.`,
    plugin,
    phase: 'discover',
    path: [path],
  });
}

function replaceLast(written: string, name: string): string {
  return written.replace(/[^\\/]+[\\/]?$/, () => name);
}

/** `plugins` names a file that no JavaScript can be in. */
export function notCode(plugin: string, path: string): PluginError {
  return new PluginError({
    code: 'NOT_A_PLUGIN_FILE',
    message: `${path} is not a file that can hold a plugin.`,
    fix: 'List a folder or a .ts, .js, .mjs, .cjs, .mts or .cts file; tests, declarations and names that start with "." or "_" are left out.',
    plugin,
    phase: 'discover',
    path: [path],
  });
}

/** A folder or file that the process may not read, or a link to nothing. */
export function unreadable(plugin: string, path: string, cause: unknown): PluginError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PluginError({
    code: 'SOURCE_UNREADABLE',
    message: `${path} can't be read: ${reason}`,
    fix: 'Let the user that runs the app read it, or remove it (a link may point to something that is gone).',
    plugin,
    phase: 'discover',
    path: [path],
    cause,
  });
}

/**
 * A plugin's folder in which no file is the obvious one to start with: there are several, or none, or the one that its
 * package.json has `declared` is not there, or the folder has `inside` it those of plugins.
 */
export function noEntry(
  plugin: string,
  folder: string,
  { candidates, declared, inside }: NoEntry,
): PluginError {
  const found = candidates.length === 0 ? 'no code in it' : `${candidates.join(', ')} in it`;
  const [lost] = declared;
  const [first] = inside;
  const hint =
    lost !== undefined
      ? `Its package.json names ${lost}, which is not there: build it, or correct "main" or "exports". `
      : first !== undefined && candidates.length === 0
        ? `If ${inside.join(', ')} in it are plugins, list the folder itself: plugins: ['${folder}']. `
        : '';
  return new PluginError({
    code: 'NO_ENTRY',
    message: `${folder} is a plugin's folder with ${found}, and none that is the plugin.`,
    fix: `${hint}Put the @Plugin class into ${folder}/index.ts, or name its file in "main" of a package.json there; start the folder's name with "_" if it is not a plugin.`,
    plugin,
    phase: 'discover',
    path: [folder],
  });
}

interface NoEntry {
  readonly candidates: readonly string[];
  /** Paths. */
  readonly declared: readonly string[];
  /** Names of folders. */
  readonly inside: readonly string[];
}

/** A name that is not a path and not an installed package either. */
export function packageNotFound(name: string, cwd: string, isFolder: boolean): PluginError {
  return new PluginError({
    code: 'PACKAGE_NOT_FOUND',
    message: `No package "${name}" is installed for ${cwd}.`,
    fix: isFolder
      ? `There is a folder of this name: write './${name}', since a path starts with a dot.`
      : `Run npm i ${name}; a folder is written with a dot: './${name}'.`,
    plugin: name,
    phase: 'discover',
  });
}

/** An installed package that exports nothing under the name that was asked for. */
export function packageWithoutEntry(name: string, folder: string, target: string | undefined): PluginError {
  return new PluginError({
    code: 'PACKAGE_WITHOUT_ENTRY',
    message: `The package "${name}" in ${folder} has nothing to import${target ? `: ${target} does not exist` : ''}.`,
    fix: target
      ? `Build the package, or correct "exports" or "main" in its package.json.`
      : `Add "exports": { ".": "./dist/index.js" } to its package.json.`,
    plugin: name,
    phase: 'discover',
    path: [folder],
  });
}
