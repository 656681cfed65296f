import { hostClosed } from '../errors/host-errors.ts';
import { runFor } from '../supervision/escapes/plugin-scope.ts';

/** Lets changes of one plugin follow each other, and only one change at a time be put in force. */
export class ChangeQueue {
  readonly #background = new Set<Promise<void>>();
  readonly #plugins = new Map<string, Promise<unknown>>();
  #inForce: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /**
   * Runs `task`, for which `idle()` waits.
   *
   * @throws PluginError HOST_CLOSED
   */
  async running<T>(task: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw hostClosed();
    const run = task();
    this.inBackground(run.then(nothing, nothing));
    return run;
  }

  /**
   * Runs `task` when all that was asked for this plugin before has ended.
   *
   * @throws PluginError HOST_CLOSED
   */
  async forPlugin<T>(name: string, task: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw hostClosed();
    const run = after(this.#plugins.get(name), task);
    this.#plugins.set(name, run);
    try {
      return await run;
    } finally {
      if (this.#plugins.get(name) === run) this.#plugins.delete(name);
    }
  }

  /** Runs `task` when no other change is being put in force. */
  async exclusively<T>(task: () => Promise<T>): Promise<T> {
    const run = after(this.#inForce, task);
    // Not what it comes to: generations that have ended would be held until the next change.
    this.#inForce = run.then(nothing, nothing);
    return run;
  }

  /** What nobody waits for but `idle()`. Must not reject. */
  inBackground(work: Promise<void>): void {
    this.#background.add(work);
    void work.finally(() => this.#background.delete(work));
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** From now on nothing can be asked for. */
  close(): void {
    this.#isClosed = true;
  }

  /** Resolves when nothing is asked for any more. */
  async idle(): Promise<void> {
    while (this.#plugins.size + this.#background.size > 0) {
      await Promise.allSettled([...this.#plugins.values(), ...this.#background]);
    }
    await this.#inForce;
  }
}

function nothing(): void {}

async function after<T>(before: Promise<unknown> | undefined, task: () => Promise<T>): Promise<T> {
  await before?.catch(() => undefined);
  // A plugin may have asked for it; what is done is the host's doing.
  return runFor(undefined, task);
}
