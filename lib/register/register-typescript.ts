import * as nodeModule from 'node:module';
import { loadCompiler } from './compile-typescript.ts';
import { allCompiledAhead } from './compiled-ahead.ts';
import { load, resolve } from './module-hooks.ts';
import { patchRequire } from './require-typescript.ts';

/** Node's in-thread hooks, which the types of Node 20 don't know. */
type RegisterHooks = (hooks: { resolve: typeof resolve; load: typeof load }) => void;

// On the global object: an app and a plugin may each bring a copy of plugboard, and one set of hooks is enough.
const done = Symbol.for('plugboard:register');
const state = globalThis as { [done]?: Promise<void> };

/**
 * From now on this process runs TypeScript: `.ts`, `.mts` and `.cts`, imported or required, outside node_modules,
 * with legacy decorators, their metadata and stack traces that show the author's lines. A second call does nothing.
 */
export function registerTypeScript(): Promise<void> {
  state[done] ??= register();
  return state[done];
}

async function register(): Promise<void> {
  await Promise.all([loadCompiler(), import('reflect-metadata')]);
  process.setSourceMapsEnabled(true);
  patchRequire();
  registerImportHooks();
}

/**
 * Hooks in this thread where Node has them (22.15): no second thread to start, and `require()` of an ES module sees
 * them too. Node 20 has only those in a thread of their own.
 */
function registerImportHooks(): void {
  const { registerHooks } = nodeModule as { registerHooks?: RegisterHooks };
  if (registerHooks) {
    registerHooks({ resolve, load });
    return;
  }
  nodeModule.register('./hooks-thread.js', import.meta.url, { data: allCompiledAhead() });
  // Node 20's `require()` of an ES module passes by the hooks, so what it imports can't be TypeScript. Mocha asks for
  // this feature to choose between `require` and `import`, and shows the wrong one's error when both fail.
  Object.defineProperty(process.features, 'require_module', {
    value: false,
    configurable: true,
    enumerable: true,
  });
}
