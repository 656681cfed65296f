import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CompiledTypeScript } from './compiled-typescript.ts';
import { inlineSourceMap } from './inline-source-map.ts';

/** A TypeScript file that was compiled before the process began. Plain values: it goes to another thread on Node 20. */
export interface CompiledAhead {
  /** Absolute path of the TypeScript file. */
  readonly path: string;
  /** Of its text, see {@link hashOf}. */
  readonly hash: string;
  /** Absolute path of the JavaScript; its source map is beside it, as `<file>.map`. */
  readonly file: string;
  readonly format: 'module' | 'commonjs';
  readonly names: readonly string[];
}

const modules = new Map<string, CompiledAhead>();

/** From now on these need no compiler, as long as their texts are what they were. */
export function useCompiledAhead(compiled: readonly CompiledAhead[]): void {
  for (const module of compiled) modules.set(module.path, module);
}

export function allCompiledAhead(): readonly CompiledAhead[] {
  return [...modules.values()];
}

/** What a file was compiled to ahead; undefined where it was not, or has changed since. */
export function compiledAhead(path: string, text: string): CompiledTypeScript | undefined {
  const module = modules.get(path);
  if (!module || hashOf(text) !== module.hash) return undefined;
  const { file, format, names } = module;
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as object;
  return { format, names, code: readFileSync(file, 'utf8') + inlineSourceMap(map, path) };
}

/** By which a text is known again. */
export function hashOf(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('base64url');
}
