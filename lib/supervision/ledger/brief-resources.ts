import type { OwnedResource } from './owned-resources.ts';
import { type StartedTimer, timerKind } from './timer-kinds.ts';

// Taken once: a test's fake timers must not stop the host's own clock.
const { setTimeout: startTimer } = globalThis;

/**
 * Waits until those end by themselves that end in a moment. Nobody has noted who made them, which would cost more than
 * they do, so they can't be ended: they may be a service's of the host. What they start again is noted.
 */
export async function untilBriefAreOver(open: readonly OwnedResource[]): Promise<void> {
  const brief = open.filter(({ trace }) => !trace);
  if (brief.length === 0) return;
  const longest = Math.max(0, ...brief.map(timeOf));
  // Node ends those first that have begun first.
  await new Promise((resolve) => startTimer(resolve, longest));
}

function timeOf({ kind, resource }: OwnedResource): number {
  return kind === timerKind ? (resource as StartedTimer)._idleTimeout : 0;
}
