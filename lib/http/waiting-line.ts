import { runFor } from '../supervision/escapes/plugin-scope.ts';

/** Something with a time limit, and its place in the line. */
export interface Waiting {
  /** In the time of `performance.now()`. */
  due: number;
  previous: Waiting | undefined;
  next: Waiting | undefined;
  readonly isOver: boolean;
  /** Leaves the line. */
  stop(): void;
  expire(): void;
}

/** How long, in ms, one that is over may stay in the line. */
const sweepMs = 1000;

const lines = new Map<number, WaitingLine>();

/** The one line of all that have this limit. */
export function waitingLine(limitMs: number): WaitingLine {
  let line = lines.get(limitMs);
  if (!line) lines.set(limitMs, (line = new WaitingLine(limitMs)));
  return line;
}

/**
 * All that wait for the same time, in the order in which they began, which is that in which their time is up. They share one
 * timer: one for each request would cost as much as a third of an async action.
 */
export class WaitingLine {
  private first: Waiting | undefined = undefined;
  private last: Waiting | undefined = undefined;
  private timer: NodeJS.Timeout | undefined = undefined;
  private sweepAt = 0;

  constructor(private readonly limitMs: number) {}

  add(item: Waiting): void {
    const now = performance.now();
    item.due = now + this.limitMs;
    item.previous = this.last;
    if (this.last) this.last.next = item;
    else this.first = item;
    this.last = item;
    // One so late will never ring: a test has taken its clock away.
    if (!this.timer || now > this.sweepAt + sweepMs) this.arm(now, item.due);
  }

  remove(item: Waiting): void {
    const { previous, next } = item;
    if (previous) previous.next = next;
    else this.first = next;
    if (next) next.previous = previous;
    else this.last = previous;
    item.previous = undefined;
    item.next = undefined;
  }

  /** The timer outlives those that wait, but not for long: the next request would need it again. */
  private arm(now: number, due: number): void {
    clearTimeout(this.timer);
    // Rounded up, and at least 1: a timer may fire a little before its time.
    const delay = Math.max(1, Math.min(sweepMs, Math.ceil(due - now)));
    this.sweepAt = now + delay;
    // It is nobody's: the plugin of the request that happens to start it is not to be followed by it.
    this.timer = runFor(undefined, () => setTimeout(() => this.sweep(), delay).unref());
  }

  private sweep(): void {
    this.timer = undefined;
    this.dropThoseOver();
    const now = performance.now();
    try {
      while (this.first && this.first.due <= now) {
        const item = this.first;
        item.stop();
        item.expire();
      }
    } finally {
      if (this.first && !this.timer) this.arm(now, this.first.due);
    }
  }

  private dropThoseOver(): void {
    let item = this.first;
    while (item) {
      const { next } = item;
      if (item.isOver) item.stop();
      item = next;
    }
  }
}
