import { isOwnFile } from './plugin-code.ts';
import type { PluginScope, ScopeOwner } from './plugin-scope.ts';

/** Of the plugins that run, and of those that have run lately: their timers may still be there. */
let known: readonly PluginScope[] = [];

/** How many generations that are over can still be told by their files. In their context, all can. */
const keptEnded = 100;

export function addScope(scope: PluginScope, former?: PluginScope): void {
  const tooOld = new Set(known.filter(({ hasEnded }) => hasEnded).slice(0, -keptEnded));
  known = [...known.filter((one) => one !== former && !tooOld.has(one)), scope];
}

export function forgetScopesOf(owner: ScopeOwner): void {
  known = known.filter((scope) => scope.owner !== owner);
}

/** Whose file it is; of several generations or hosts with one plugin that of `here`, else the newest that runs. */
export function scopeOfFile(file: string, here: PluginScope | undefined): PluginScope | undefined {
  const candidates = known.filter(({ code }) => isOwnFile(code, file));
  if (here && isOwnFile(here.code, file)) return here;
  return candidates.findLast(({ hasEnded }) => !hasEnded) ?? candidates.at(-1);
}
