import { describeThrown } from './lifecycle-errors.ts';
import { PluginError } from './plugin-error.ts';

/** `rolldown` is not installed, which compiles what was not compiled ahead. `why` says why this was not. */
export function compilerMissing(cause: unknown, plugin = 'host', why?: string): PluginError {
  const reason = why === undefined ? '' : ` What was built ahead does not fit: ${why}.`;
  return new PluginError({
    code: 'COMPILER_MISSING',
    message: `There is something to compile, and "rolldown", which compiles it, is not installed.${reason}`,
    fix: 'Run npx plugboard build where it is installed, and bring its folder along; or install it: npm i rolldown.',
    plugin,
    phase: 'load',
    cause,
  });
}

/** `plugboard build` is to write into a folder that has something else in it. */
export function notABuildFolder(folder: string): PluginError {
  return new PluginError({
    code: 'NOT_A_BUILD_FOLDER',
    message: `${folder} has files in it that are not of a build, and a build replaces all that is in its folder.`,
    fix: 'Give it a folder of its own: plugboard build --out .plugboard.',
    plugin: 'host',
    phase: 'load',
    path: [folder],
  });
}

/** Nothing of a build could be written. */
export function buildNotWritten(folder: string, cause: unknown): PluginError {
  return new PluginError({
    code: 'BUILD_NOT_WRITTEN',
    message: `The build can't be written to ${folder}: ${describeThrown(cause)}.`,
    fix: 'Build where the folder beside it may be written to, or into another: plugboard build --out /tmp/build.',
    plugin: 'host',
    phase: 'load',
    path: [folder],
    cause,
  });
}
