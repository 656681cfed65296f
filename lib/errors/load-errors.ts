import { PluginError, type PluginErrorDetails } from './plugin-error.ts';

type Details = Omit<PluginErrorDetails, 'phase' | 'plugin'>;

function loadError(plugin: string, details: Details): PluginError {
  return new PluginError({ ...details, plugin, phase: 'load' });
}

/** A module without a class that `@Plugin` was put on. `found` is what it has instead. */
export function noPlugin(plugin: string, entry: string, found: string, fix: string): PluginError {
  return loadError(plugin, {
    code: 'NO_PLUGIN',
    message: `${entry} exports no class with @Plugin${found ? `: ${found}` : ''}.`,
    fix,
    path: [entry],
  });
}

/** A module with several classes that `@Plugin` was put on. */
export function twoPlugins(plugin: string, entry: string, names: readonly string[]): PluginError {
  return loadError(plugin, {
    code: 'TWO_PLUGINS',
    message: `${entry} exports ${names.length} classes with @Plugin: ${names.join(' and ')}.`,
    fix: `Give each a folder of its own, or list one in the other's options: @Plugin({ …, controllers: [${names[1]}] }) without @Plugin on ${names[1]}.`,
    path: [entry],
  });
}

/** Text that is no JavaScript or TypeScript. `frame` shows the place. */
export function syntaxError(plugin: string, where: string, reason: string, cause: unknown): PluginError {
  return loadError(plugin, {
    code: 'SYNTAX_ERROR',
    message: `${where}: ${reason}`,
    fix: `Correct the text at ${where}.`,
    path: [where],
    cause,
  });
}

/** A relative import of a file that does not exist. */
export function missingFile(plugin: string, specifier: string, where: string, nearest?: string): PluginError {
  return loadError(plugin, {
    code: 'MISSING_FILE',
    message: `${where} imports '${specifier}', and there is no such file.`,
    fix: nearest ? `Did you mean '${nearest}'?` : `Create the file, or correct the path at ${where}.`,
    path: [where, specifier],
  });
}

/** An import of a package that is installed neither for the plugin nor for the app. */
export function missingPackage(plugin: string, specifier: string, where: string): PluginError {
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  return loadError(plugin, {
    code: 'MISSING_PACKAGE',
    message: `${where} imports '${specifier}', and no package of that name is installed for the plugin or the app.`,
    fix: `npm i ${name}`,
    path: [where, specifier],
  });
}

/** `await` outside a function, which a module that can be reloaded can't have. */
export function topLevelAwait(plugin: string, where: string, cause: unknown): PluginError {
  return loadError(plugin, {
    code: 'TOP_LEVEL_AWAIT',
    message: `${where} awaits at the top of the module; a plugin's modules are evaluated in one go.`,
    fix: 'Move it into the plugin: async onStart() { this.data = await …; }',
    path: [where],
    cause,
  });
}

/** A run-time import of a file of another plugin that is not its contract. */
export function foreignImport(plugin: string, where: string, owner: string, file: string): PluginError {
  return loadError(plugin, {
    code: 'FOREIGN_IMPORT',
    message: `${where} imports ${file}, which belongs to another plugin: it would be a second copy of its classes.`,
    fix: /\.[cm]?[jt]s$/.test(owner)
      ? `If ${owner} is only a part of another plugin, start its name with "_"; else move what both need into contracts.ts beside it.`
      : `Move what both need into ${owner}/contract.ts and import that, or inject by token<T>('name'); for types alone, write import type.`,
    path: [where, file],
  });
}

/** A package or shared file that threw when it was imported for a plugin. */
export function importFailed(plugin: string, where: string, specifier: string, cause: unknown): PluginError {
  return loadError(plugin, {
    code: 'IMPORT_FAILED',
    message: `${where} imports '${specifier}', which failed: ${reasonOf(cause)}`,
    fix: /^[./#]/.test(specifier)
      ? `Correct what that file, or one that it imports, does at its top; "cause" has the error.`
      : `Make the package work by itself first: node -e "import('${specifier}')" shows its error.`,
    path: [where, specifier],
    cause,
  });
}

/** A plugin's own module that threw while it was evaluated. */
export function evaluationFailed(plugin: string, where: string, cause: unknown): PluginError {
  return loadError(plugin, {
    code: 'EVALUATION_FAILED',
    message: `${where} threw while it was loaded: ${reasonOf(cause)}`,
    fix: 'Move work from the top of the module into onStart() of the plugin, where a failure is reported with its step.',
    path: [where],
    cause,
  });
}

/** Two files of a plugin that import each other, and a class that is used before it exists. */
export function circularImport(plugin: string, where: string, name: string, cause: unknown): PluginError {
  return loadError(plugin, {
    code: 'CIRCULAR_IMPORT',
    message: `${where} uses ${name} before it exists: files of this plugin import each other in a circle, or use it above its declaration.`,
    fix: `Write @inject(new LazyServiceIdentifier(() => ${name})) with a parameter type from "import type", or move ${name} into a file of its own.`,
    path: [where, name],
    cause,
  });
}

/** Whatever else the bundler could not do. */
export function bundleFailed(plugin: string, entry: string, reason: string, cause: unknown): PluginError {
  return loadError(plugin, {
    code: 'BUNDLE_FAILED',
    message: `${entry} can't be bundled: ${reason}`,
    fix: 'Correct what the message names; "cause" has all of it.',
    path: [entry],
    cause,
  });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
