import type { ResourceKind } from './resource-kind.ts';

/** A timer that is over within this time, in ms, costs nothing but a note; see `untilBriefAreOver`. */
const briefMs = 1_000;

// Taken once: a test's fake timers can't end real ones.
const { clearTimeout: stopTimer, clearImmediate: stopImmediate } = globalThis;

/** What Node's own timers have beside their public methods. */
export interface StartedTimer extends NodeJS.Timeout {
  readonly _destroyed: boolean;
  readonly _repeat: number | null;
  readonly _idleTimeout: number;
}

export const timerKind: ResourceKind<StartedTimer> = {
  name: ({ _repeat }) => (_repeat === null ? 'timer' : 'interval'),
  isOpen: ({ _destroyed }) => !_destroyed,
  close: stopTimer,
  isNodes,
  isBrief: ({ _repeat, _idleTimeout }) => _repeat === null && _idleTimeout < briefMs,
};

export const immediateKind: ResourceKind<NodeJS.Immediate & { readonly _destroyed: boolean }> = {
  name: 'immediate',
  isOpen: ({ _destroyed }) => !_destroyed,
  close: stopImmediate,
  isNodes,
  isBrief: () => true,
};

/** `AbortSignal.timeout`, `fetch` and the like: whoever called them can't clear what they start. */
function isNodes(files: readonly string[]): boolean {
  return files.some((file) => !timerFiles.test(file));
}

const timerFiles = /^node:(internal\/)?(timers|timers\/promises|async_hooks)$/;
