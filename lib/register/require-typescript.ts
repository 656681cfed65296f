// oxlint-disable no-underscore-dangle -- Node's own names for what may be patched
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, resolve as resolvePath } from 'node:path';
import { compileTypeScript, helperPath } from './compile-typescript.ts';
import { isOwnTypeScript, typeScriptName } from './typescript-files.ts';

interface CompilableModule {
  _compile(code: string, filename: string, format?: 'module' | 'commonjs'): unknown;
}
type Extension = (module: CompilableModule, filename: string) => void;
type ResolveFilename = (request: string, parent?: { filename?: string }, ...rest: unknown[]) => string;

/** The part of CommonJS that Node documents as patchable, and that its types leave out. */
interface PatchableModule {
  _extensions: Record<string, Extension> & { '.js': Extension };
  _resolveFilename: ResolveFilename;
}

/** Makes `require()` take TypeScript files. */
export function patchRequire(): void {
  const patchable = nodeModule as unknown as PatchableModule;
  for (const extension of ['.ts', '.mts', '.cts']) {
    patchable._extensions[extension] = compileExtension(
      patchable._extensions[extension] ?? patchable._extensions['.js'],
    );
  }
  patchable._resolveFilename = resolveTypeScript(patchable._resolveFilename);
}

function compileExtension(previous: Extension): Extension {
  return (module, filename) => {
    if (!isOwnTypeScript(filename)) return previous(module, filename);
    const { format, code } = compileTypeScript(filename, readFileSync(filename, 'utf8'));
    try {
      module._compile(code, filename, format);
    } catch (error) {
      throw format === 'module' ? explained(error, filename) : error;
    }
  };
}

/** Node 20's `require()` of an ES module passes by the import hooks, so what that module imports can't be TypeScript. */
function explained(error: unknown, filename: string): unknown {
  const { code } = error as { code?: unknown };
  const passedBy = code === 'ERR_UNKNOWN_FILE_EXTENSION' || code === 'ERR_MODULE_NOT_FOUND';
  if (!passedBy || 'registerHooks' in nodeModule) return error;
  const message = `On Node 20, require('${filename}') can't follow that file's imports of TypeScript: write await import() instead`;
  // The code that Node has for this; mocha takes it to mean that its own import() has the better error.
  return Object.assign(new Error(message, { cause: error }), { code: 'ERR_REQUIRE_ESM' });
}

function resolveTypeScript(original: ResolveFilename): ResolveFilename {
  return function resolveFilename(this: unknown, request, parent, ...rest) {
    const helper = helperPath(request);
    if (helper) return helper;
    try {
      return original.call(this, request, parent, ...rest);
    } catch (error) {
      const typeScript = /^[./]/.test(request) ? typeScriptName(request) : undefined;
      if (!typeScript || !parent?.filename) throw error;
      const found = resolvePath(dirname(parent.filename), typeScript);
      if (!isOwnTypeScript(found) || !existsSync(found)) throw error;
      return realpathSync(found);
    }
  };
}
