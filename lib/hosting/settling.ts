/** What has happened in one place since its task last began. */
export interface Unrest {
  /** Of the first, by `performance.now()`. */
  readonly since: number;
  /** In the order in which they were first told of. */
  readonly files: ReadonlySet<string>;
}

interface Waiting extends Unrest {
  readonly files: Set<string>;
  until: number;
  isDue: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Waits until a place has been quiet for a while, then runs its task: never two of one place at once, and none too few. */
export class Settling {
  readonly #waiting = new Map<string, Waiting>();
  readonly #running = new Map<string, Promise<void>>();

  /** `task` must not reject. */
  constructor(private readonly task: (place: string, unrest: Unrest) => Promise<void>) {}

  touch(place: string, file: string, quietMs: number): void {
    const now = performance.now();
    const waiting = this.#waiting.get(place) ?? begin(now);
    this.#waiting.set(place, waiting);
    waiting.files.add(file);
    waiting.until = Math.max(waiting.until, now + quietMs);
    waiting.isDue = false;
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => {
      waiting.isDue = true;
      this.#run(place);
    }, waiting.until - now);
  }

  /** Forgets what waits; resolves when nothing runs any more. */
  async close(): Promise<void> {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    await Promise.all(this.#running.values());
  }

  #run(place: string): void {
    const waiting = this.#waiting.get(place);
    if (!waiting?.isDue || this.#running.has(place)) return;
    this.#waiting.delete(place);
    const run = this.task(place, waiting).finally(() => {
      this.#running.delete(place);
      // What was due meanwhile had to wait for this.
      this.#run(place);
    });
    this.#running.set(place, run);
  }
}

function begin(since: number): Waiting {
  return { since, files: new Set(), until: since, isDue: false, timer: undefined };
}
