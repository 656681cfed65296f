import type { LiveEntry } from './entry.ts';

/** The generations that do not serve any more and are not stopped yet. Several of one plugin may be on their way at a time. */
export class Departures {
  readonly #ends = new Map<LiveEntry, Promise<void>>();

  /** Counts generations in until `end`, which must not reject. */
  async during(lives: readonly LiveEntry[], end: Promise<void>): Promise<void> {
    for (const live of lives) this.#ends.set(live, end);
    await end;
    for (const live of lives) this.#ends.delete(live);
  }

  some(isMeant: (live: LiveEntry) => boolean): boolean {
    return [...this.#ends.keys()].some(isMeant);
  }

  /** Resolves when those are stopped that are on their way now and meant. */
  async gone(isMeant: (live: LiveEntry) => boolean): Promise<void> {
    await Promise.all([...this.#ends].flatMap(([live, end]) => (isMeant(live) ? end : [])));
  }
}
