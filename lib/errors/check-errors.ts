import semver from 'semver';
import { PluginError, type Phase } from './plugin-error.ts';

/** Of a plugin with two routes: the second is never reached. */
export interface HiddenRoute {
  readonly plugin: string;
  /** `GET /users/:id` */
  readonly route: string;
  /** `Class.method`. */
  readonly action: string;
  /** The route that takes its requests. */
  readonly by: { readonly route: string; readonly action: string };
}

/** A plugin declares one route twice. */
export function routeRepeated({ plugin, route, action, by }: HiddenRoute): PluginError {
  return new PluginError({
    code: 'ROUTE_REPEATED',
    plugin,
    phase: 'plan',
    path: [plugin, action, route],
    message: `${route} of ${action} is never reached: ${by.action} of the same plugin has that route already.`,
    fix: `Remove one of them, or give ${action} a path of its own.`,
  });
}

/** A route that is declared earlier matches all that this one does. */
export function routeShadowed({ plugin, route, action, by }: HiddenRoute): PluginError {
  return new PluginError({
    code: 'ROUTE_SHADOWED',
    plugin,
    phase: 'plan',
    path: [plugin, action, route],
    message: `${route} of ${action} is never reached: ${by.route} of ${by.action} is declared before it and matches all that it does.`,
    fix: `Move ${action} above ${by.action}: within a plugin, the first that is declared wins.`,
  });
}

/** Some of what a route matches goes to routes of other plugins. `winners` are such as `GET /users/me of accounts`. */
export function routeOverlap(
  plugin: string,
  { route, action }: { readonly route: string; readonly action: string },
  winners: readonly string[],
): PluginError {
  return new PluginError({
    code: 'ROUTE_OVERLAP',
    plugin,
    phase: 'plan',
    path: [plugin, action, route],
    message: `${route} of ${action} does not get all that it matches: ${winners.join(', ')} is more specific.`,
    fix: `If that is not meant, give one of the plugins a prefix: @Plugin({ name: '${plugin}', prefix: '/${plugin}' }).`,
  });
}

/** `views` or `assets` names a folder that is not there. */
export function folderMissing(plugin: string, option: 'views' | 'assets', folder: string): PluginError {
  return new PluginError({
    code: 'FOLDER_MISSING',
    plugin,
    phase: 'manifest',
    path: [plugin, option],
    message: `@Plugin's "${option}" names the folder ${folder}, and there is none.`,
    fix: `Make the folder, or correct the path; it is relative to the file that calls @Plugin: ${option}: './${option}'.`,
  });
}

/** A page asks for a file of the plugin's assets that is not there. */
export function assetMissing(plugin: string, asset: string, template: string): PluginError {
  return new PluginError({
    code: 'ASSET_MISSING',
    plugin,
    phase: 'request',
    path: [plugin, template, asset],
    message: `${template} asks for it.asset('${asset}'), and the plugin's assets have no such file.`,
    fix: `Add ${asset} to the plugin's assets folder, or correct the name; the folder is named by @Plugin({ assets: './assets' }).`,
  });
}

/** The type of an action's parameter is a class that was imported for its type alone. */
export function parameterTypeErased(plugin: string, action: string, parameter: ErasedParameter): PluginError {
  const { decorator, name, type } = parameter;
  return new PluginError({
    code: 'PARAMETER_TYPE_ERASED',
    plugin,
    phase: 'plan',
    path: [plugin, action, name],
    message: `${action} takes ${decorator} ${name}: ${type}, and ${type} is imported with "import type": nothing is left of it at run time, so what comes is neither made into ${type} nor validated.`,
    fix: `Import it without "type": import { ${type} } from '…'. If ${type} is an interface, make it a class with class-validator's decorators, or say that nothing is checked: ${name}: unknown.`,
  });
}

export interface ErasedParameter {
  /** `@Body()` */
  readonly decorator: string;
  readonly name: string;
  readonly type: string;
}

/** A plugin that says nothing of itself. `missing` are such as `a description`. */
export function undocumented(plugin: string, missing: readonly string[]): PluginError {
  return new PluginError({
    code: 'UNDOCUMENTED',
    plugin,
    phase: 'manifest',
    path: [plugin],
    message: `"${plugin}" has ${missing.join(' and ')}: nobody is told what it is for and how to use it.`,
    fix: `Write @Plugin({ name: '${plugin}', description: '…' }) or a description in its package.json, and a README.md beside a plugin that is a folder.`,
  });
}

/** Something that loading has told of a plugin that could be loaded. */
export function loadWarning(plugin: string, warning: string): PluginError {
  return new PluginError({
    code: 'LOAD_WARNING',
    plugin,
    phase: 'load',
    path: [plugin],
    message: warning,
    fix: 'Change the line or the name that the message tells of; it runs as it is, and likely not as it is meant.',
  });
}

/** `settings` has a name that no plugin has. */
export function unknownSettings(name: string, known: readonly string[], nearest?: string): PluginError {
  const hint = nearest === undefined ? '' : `Did you mean '${nearest}'? `;
  return ofApp({
    code: 'UNKNOWN_SETTINGS',
    message: `settings['${name}'] names no plugin of this host; there are: ${known.join(', ') || 'none'}.`,
    fix: `${hint}Correct the name, or take it out of createHost({ settings: { … } }).`,
    path: ['settings', name],
  });
}

/** `engines` asks for another Node than this one. `from` is the file that says so. */
export function wrongNode(range: string, found: string, from: string): PluginError {
  const wanted = semver.minVersion(range)?.major ?? 'node';
  return ofApp({
    code: 'WRONG_NODE',
    message: `${from} asks for Node ${range}, and this is ${found}.`,
    fix: `Run it by a Node that fits: nvm install ${wanted}; or correct "engines" in ${from} if it works with ${found}.`,
    path: [from],
  });
}

/** A tsconfig.json by which decorators are not what they are at run time. `missing` are names of compiler options. */
export function wrongTypeScript(file: string, missing: readonly string[]): PluginError {
  const lines = missing.map((option) => `"${option}": true`).join(', ');
  return ofApp({
    code: 'WRONG_TYPESCRIPT',
    message: `${file} does not have ${missing.join(' and ')}: tsc and editors take the decorators of plugins for others than they are, and what tsc compiles says nothing of what classes inject.`,
    fix: `Write "compilerOptions": { ${lines} } in ${file}.`,
    path: [file],
  });
}

/** A tsconfig.json that can't be read. */
export function unreadableTypeScript(file: string, reason: string): PluginError {
  return ofApp({
    code: 'WRONG_TYPESCRIPT',
    message: `${file} can't be read: ${reason}`,
    fix: `Correct ${file}; "npx tsc --showConfig" tells where it breaks.`,
    path: [file],
  });
}

function ofApp(details: {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly path: readonly string[];
}): PluginError {
  const phase: Phase = 'discover';
  return new PluginError({ ...details, plugin: 'host', phase });
}
