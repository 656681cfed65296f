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

/** A plugin that says nothing of itself. `missing` are `description` and `README.md`; `folder` is where that would be. */
export function undocumented(
  plugin: string,
  missing: readonly ('description' | 'README.md')[],
  folder: string | undefined,
): PluginError {
  const description = `@Plugin({ name: '${plugin}', description: '…' }), or a description in its package.json`;
  const readme = `a README.md in ${folder}`;
  const wanted = missing.map((one) => (one === 'description' ? description : readme));
  return new PluginError({
    code: 'UNDOCUMENTED',
    plugin,
    phase: 'manifest',
    path: [plugin],
    message: `"${plugin}" has no ${missing.join(' and no ')}: nobody is told what it is for and how to use it.`,
    fix: `Write ${wanted.join('; and ')}.`,
  });
}

/** A field that is given its value before the parameter that it is made of. */
export function fieldBeforeParameter(plugin: string, type: string, field: EarlyField): PluginError {
  const { name, parameter } = field;
  return new PluginError({
    code: 'FIELD_BEFORE_PARAMETER',
    plugin,
    phase: 'construct',
    path: [plugin, type, name],
    message: `${type}.${name} is made of this.${parameter}, a parameter of the constructor, which is undefined at that time: fields are defined before the constructor runs, as in JavaScript.`,
    fix: `Give ${name} its value in the constructor, behind the parameters: constructor(… ${parameter} …) { this.${name} = …; }. Or write "useDefineForClassFields": false in the tsconfig.json, for fields as older TypeScript has them.`,
  });
}

export interface EarlyField {
  readonly name: string;
  /** The parameter property that it reads. */
  readonly parameter: string;
}

/** A method that is called almost as a hook is. */
export function hookMisspelt(plugin: string, type: string, method: string, hook: string): PluginError {
  return new PluginError({
    code: 'HOOK_MISSPELT',
    plugin,
    phase: 'plan',
    path: [plugin, type, method],
    message: `${type}.${method}() is never called: the hook is ${hook}(), and names have capitals.`,
    fix: `Rename it: async ${hook}() { … }.`,
  });
}

/** Something is contributed to a point that nobody reads, and there is one of almost the same name that somebody does. */
export function pointMisspelt(plugin: string, point: string, nearest: string, reader: string): PluginError {
  return new PluginError({
    code: 'EXTENSION_POINT_MISSPELT',
    plugin,
    phase: 'plan',
    path: [plugin, point],
    message: `"${plugin}" contributes to "${point}", which nobody reads; "${reader}" reads "${nearest}".`,
    fix: `Did you mean "${nearest}"? Import the point from the contract of "${reader}" rather than naming it anew.`,
  });
}

/** A variable, or a configuration file, that looks like one of Plugboard's and is read by nobody. */
export function unreadSetting(name: string, reason: string): PluginError {
  return ofApp({
    code: 'UNREAD_SETTING',
    message: reason,
    fix: `Correct the name of ${name}, or take it away; "plugboard.config" is one file, and variables are PLUGBOARD_<PLUGIN>_<KEY>.`,
    path: [name],
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
    fix: fixOf(warning),
  });
}

/** Many a warning ends with what to write. */
function fixOf(warning: string): string {
  const [, written] = /does not export at run time.*? write (import type \{ .+? \}) /.exec(warning) ?? [];
  if (written) return `Write ${written} from '…', if it is an interface or a type; else correct its name.`;
  return 'Change the line or the name that the message tells of; it runs as it is, and likely not as it is meant.';
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
