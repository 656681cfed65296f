import { mapErrorStack } from '../../discovery/source-maps.ts';
import { loopBlocked } from '../../errors/escape-errors.ts';
import type { PluginError } from '../../errors/plugin-error.ts';
import { findCulprit } from '../escapes/blame.ts';
import { runFor, type ScopeOwner } from '../escapes/plugin-scope.ts';
import { watchLoop } from './loop-watcher.ts';

/** Names the plugin of `owner`'s that keeps the event loop busy for longer than `limitMs`. Gives what ends this. */
export function watchBlockedLoop(
  owner: ScopeOwner,
  limitMs: number,
  onBlocked: (error: PluginError) => void,
): () => void {
  return watchLoop(limitMs, (blockedMs) => {
    const trace = traceHere(blockedMs);
    const culprit = findCulprit(trace);
    if (culprit?.scope.owner !== owner) return;
    mapErrorStack(trace);
    const error = loopBlocked(culprit.scope.plugin, blockedMs, trace);
    runFor(undefined, () => {
      onBlocked(error);
    });
  });
}

// Node's default of 10 lines is used up by a library or two.
function traceHere(blockedMs: number): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const trace = new Error(`busy for ${blockedMs} ms`);
  Error.stackTraceLimit = stackTraceLimit;
  return trace;
}
