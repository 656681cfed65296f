import { isOwnFile } from './plugin-code.ts';
import type { PluginScope, ScopeOwner } from './plugin-scope.ts';

/** Of the plugins that run, and of those that have run lately: their timers may still be there. Newest last. */
const known = new Set<PluginScope>();

/** How many generations that are over can still be told by their files. In their context, all can. */
const keptEnded = 100;

/** So many may be known before it is looked for those that are too old: not with each of a thousand plugins. */
let room = keptEnded;

export function addScope(scope: PluginScope, former?: PluginScope): void {
  if (former) known.delete(former);
  known.add(scope);
  if (known.size <= room) return;
  const ended = [...known].filter(({ hasEnded }) => hasEnded);
  for (const tooOld of ended.slice(0, -keptEnded)) known.delete(tooOld);
  room = 2 * known.size;
}

export function forgetScopesOf(owner: ScopeOwner): void {
  for (const scope of known) if (scope.owner === owner) known.delete(scope);
}

/** Whose file it is; of several generations or hosts with one plugin that of `here`, else the newest that runs. */
export function scopeOfFile(file: string, here: PluginScope | undefined): PluginScope | undefined {
  if (here && isOwnFile(here.code, file)) return here;
  const candidates = [...known].filter(({ code }) => isOwnFile(code, file));
  return candidates.findLast(({ hasEnded }) => !hasEnded) ?? candidates.at(-1);
}
