import type { OwnedResource } from './owned-resources.ts';
import { type StartedTimer, timerKind } from './timer-kinds.ts';

// Taken once: a test's fake timers must not stop the host's own clock.
const { setTimeout: startTimer, setImmediate: nextTurn } = globalThis;

/**
 * Waits until those end by themselves that end in a moment. Nobody has noted who made them, which would cost more than
 * they do, so they can't be ended: they may be a service's of the host. What they start again is noted.
 */
export async function untilBriefAreOver(open: readonly OwnedResource[]): Promise<void> {
  const brief = open.filter(({ trace }) => !trace);
  if (brief.length === 0) return;
  const longest = Math.max(0, ...brief.map(timeOf));
  if (longest > 0) await new Promise((resolve) => startTimer(resolve, longest));
  // Where the loop is late, this timer may end before shorter ones that began later, and before immediates. Those that
  // are due have ended by the next immediate, before which come all that began before it.
  await new Promise((resolve) => nextTurn(resolve));
}

function timeOf({ kind, resource }: OwnedResource): number {
  return kind === timerKind ? (resource as StartedTimer)._idleTimeout : 0;
}
