import { PluginError } from './plugin-error.ts';

/** A pattern in `controllers` leads to no file. */
export function controllersNotFoundError(pattern: string): PluginError {
  return new PluginError({
    code: 'CONTROLLERS_NOT_FOUND',
    message: `No file with code matches '${pattern}'.`,
    fix: `Name files, not their folder, from the working directory or absolutely: controllers: [join(import.meta.dirname, 'controllers/*.js')].`,
    plugin: 'controllers',
    phase: 'load',
    path: [pattern],
  });
}

/** A file that should export controllers, middlewares or interceptors can't be loaded. */
export function controllersFileError(file: string, cause: unknown): PluginError {
  return new PluginError({
    code: 'CONTROLLERS_FILE_FAILED',
    message: `${file} can't be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
    fix: fixOf(file, (cause as { code?: unknown } | null | undefined)?.code),
    plugin: 'controllers',
    phase: 'load',
    path: [file],
    cause,
  });
}

function fixOf(file: string, code: unknown): string {
  if (code === 'ERR_REQUIRE_ASYNC_MODULE') {
    return "A handler is made in one go, so a file can't `await` at its top level: import its classes, and pass those.";
  }
  if (/\.[cm]?tsx?$/.test(file)) {
    return 'Run TypeScript with `node --import plugboard/register`, or name the compiled files.';
  }
  return 'See `cause`: the file itself, or one that it imports, has failed.';
}
