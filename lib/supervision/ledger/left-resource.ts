/** Something that a stopped generation had left. */
export interface LeftResource {
  readonly kind: LeftKind;
  /** The author's line that made it, as `file:line:column`, where that is known. */
  readonly startedAt?: string | undefined;
  /** Whether it is gone now: closed, or removed. Otherwise it can only be named. */
  readonly closed: boolean;
  /** How many of them that line has left. */
  readonly count: number;
}

export type LeftKind =
  | 'timer'
  | 'interval'
  | 'immediate'
  | 'server'
  | 'socket'
  | 'request'
  | 'watcher'
  | 'worker'
  | 'child process'
  | 'listener';

/** One line for each place and kind: a loop may have left hundreds. */
export function countAlike(left: readonly Omit<LeftResource, 'count'>[]): readonly LeftResource[] {
  const groups = new Map<string, LeftResource>();
  for (const one of left) {
    const key = JSON.stringify([one.kind, one.startedAt, one.closed]);
    groups.set(key, { ...one, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}
