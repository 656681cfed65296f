// The module hooks of Node 20: loaded by `module.register` in a thread of their own, so that nothing here is shared
// with the thread that asked for them.
import { loadCompiler } from './compile-typescript.ts';
import { type CompiledAhead, useCompiledAhead } from './compiled-ahead.ts';
import {
  type LoadContext,
  type Loaded,
  loadTypeScript,
  ownHelper,
  type ResolveContext,
  type Resolved,
  typeScriptOfMissing,
} from './module-hooks.ts';

// Before the hooks are in place: an import from within a hook goes through that hook, and would wait for itself.
await loadCompiler();

/** Node calls it with what was given to `module.register`. */
export function initialize(modules: readonly CompiledAhead[]): void {
  useCompiledAhead(modules);
}

type Next<Context, Result> = (name: string, context: Context) => Result | Promise<Result>;

export async function resolve(
  specifier: string,
  context: ResolveContext,
  next: Next<ResolveContext, Resolved>,
): Promise<Resolved> {
  const helper = ownHelper(specifier);
  if (helper) return helper;
  try {
    return await next(specifier, context);
  } catch (error) {
    const found = typeScriptOfMissing(specifier, context, error);
    if (found) return found;
    throw error;
  }
}

export async function load(
  url: string,
  context: LoadContext,
  next: Next<LoadContext, Loaded>,
): Promise<Loaded> {
  return loadTypeScript(url) ?? next(url, context);
}
