import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseSync } from 'rolldown/utils';
import { commonJsNames } from '../../register/commonjs-names.ts';
import { hashOf } from '../../register/compiled-ahead.ts';
import { compileTypeScript } from '../../register/compile-typescript.ts';
import { takeSourceMap } from '../../register/inline-source-map.ts';
import { isOwnTypeScript, typeScriptName } from '../../register/typescript-files.ts';

/** A TypeScript file that is imported as it is, compiled. */
export interface SharedModule {
  readonly path: string;
  readonly hash: string;
  readonly format: 'module' | 'commonjs';
  readonly names: readonly string[];
  readonly script: string;
  /** A source map in JSON. */
  readonly map: string;
}

/** Compiles the TypeScript files among `urls`, and all that they import in turn. `loadCompiler()` must have been awaited. */
export async function compileShared(urls: readonly string[]): Promise<readonly SharedModule[]> {
  const compiled = new Map<string, SharedModule>();
  const waiting = urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (!isOwnTypeScript(path) || compiled.has(path)) continue;
    // oxlint-disable-next-line no-await-in-loop -- what it imports is known only then
    const module = compile(path, await readFile(path, 'utf8'));
    compiled.set(path, module);
    waiting.push(...importsOf(module));
  }
  return [...compiled.values()];
}

function compile(path: string, text: string): SharedModule {
  const { format, code } = compileTypeScript(path, text);
  const { script, map } = takeSourceMap(code);
  const names = format === 'commonjs' ? commonJsNames(script) : [];
  return { path, hash: hashOf(text), format, names, script, map };
}

/** Of the compiled text: there what is imported for its type only is gone. */
function importsOf({ path, script, format }: SharedModule): readonly string[] {
  const sourceType = format === 'module' ? 'module' : 'commonjs';
  const { module } = parseSync('shared.js', script, { sourceType });
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => script.slice(start, end));
  const required = [...script.matchAll(/\brequire\(("[^"]+"|'[^']+')\)/g)].map(([, literal = '']) => literal);
  const written = [...dynamic, ...required].flatMap((text) => /^(["'`])([^"'`$]+)\1$/.exec(text)?.[2] ?? []);
  const imported = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  return [...imported, ...exported, ...written].flatMap((specifier) => fileOf(specifier, path) ?? []);
}

function fileOf(specifier: string, importer: string): string | undefined {
  if (/^(\.|file:)/.test(specifier)) {
    const path = fileURLToPath(new URL(specifier, pathToFileURL(importer)));
    return existsSync(path) ? path : typeScriptName(path);
  }
  try {
    return createRequire(importer).resolve(specifier);
  } catch {
    // What can't be found may not be needed, and says so itself where it is.
    return undefined;
  }
}
