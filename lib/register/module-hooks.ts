import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { commonJsNames } from './commonjs-names.ts';
import { compileTypeScript, helperPath } from './compile-typescript.ts';
import { isOwnTypeScript, typeScriptName } from './typescript-files.ts';

export interface ResolveContext {
  readonly parentURL?: string | undefined;
}
export interface Resolved {
  readonly url: string;
  readonly format?: string | null | undefined;
  readonly shortCircuit?: boolean | undefined;
}
export interface LoadContext {
  readonly format?: string | null | undefined;
}
export interface Loaded {
  readonly format: string;
  readonly source?: string | undefined;
  readonly shortCircuit?: boolean | undefined;
}

type Next<Context, Result> = (name: string, context: Context) => Result;

/** Finds `./clock.ts` for `./clock.js` where the latter does not exist, and the compiler's helpers beside plugboard. */
export function resolve(
  specifier: string,
  context: ResolveContext,
  next: Next<ResolveContext, Resolved>,
): Resolved {
  const helper = ownHelper(specifier);
  if (helper) return helper;
  try {
    return next(specifier, context);
  } catch (error) {
    const found = typeScriptOfMissing(specifier, context, error);
    if (found) return found;
    throw error;
  }
}

/** Compiles TypeScript files; leaves all others to Node. */
export function load(url: string, context: LoadContext, next: Next<LoadContext, Loaded>): Loaded {
  return loadTypeScript(url) ?? next(url, context);
}

/** The compiler's helpers come with plugboard: the app need not have them. */
export function ownHelper(specifier: string): Resolved | undefined {
  const path = helperPath(specifier);
  return path ? { url: pathToFileURL(path).href, format: 'commonjs', shortCircuit: true } : undefined;
}

/** The TypeScript file that `specifier` means, where Node did not find the JavaScript file that it names. */
export function typeScriptOfMissing(
  specifier: string,
  context: ResolveContext,
  error: unknown,
): Resolved | undefined {
  const missing = missingFile(specifier, context, error);
  const path = missing && typeScriptName(missing);
  if (!path || !isOwnTypeScript(path) || !existsSync(path)) return undefined;
  return { url: pathToFileURL(path).href, shortCircuit: true };
}

function missingFile(specifier: string, context: ResolveContext, error: unknown): string | undefined {
  const { code, url } = error as { code?: string; url?: string };
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return undefined;
  // Node tells the file that a subpath import (`#contracts`) led to; a relative name leads there by itself.
  if (url?.startsWith('file:')) return fileURLToPath(url);
  if (!/^(\.|file:)/.test(specifier)) return undefined;
  const resolved = URL.canParse(specifier, context.parentURL)
    ? new URL(specifier, context.parentURL)
    : undefined;
  return resolved?.protocol === 'file:' ? fileURLToPath(resolved) : undefined;
}

/** A compiled TypeScript file, or undefined for any other. */
export function loadTypeScript(url: string): Loaded | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = fileURLToPath(url);
  if (!isOwnTypeScript(path)) return undefined;
  const { format, code, names } = compileTypeScript(path, readFileSync(path, 'utf8'));
  const source = format === 'module' ? code : requiring(names ?? commonJsNames(code));
  return { format: 'module', source, shortCircuit: true };
}

/** So that a CommonJS file which is both required and imported stays one module, with its names for `import { … }`. */
function requiring(exported: readonly string[]): string {
  const names = exported.join(', ');
  return [
    `import { createRequire } from 'node:module';`,
    `const exported = createRequire(import.meta.url)(import.meta.filename);`,
    `export default exported;`,
    names && `const { ${names} } = exported; export { ${names} };`,
  ].join('\n');
}
