/** Whoever is on the machine itself: no stranger's tries count for them. */
export const thisMachine = 'this machine';

interface Failure {
  readonly from: string;
  readonly at: number;
}

/**
 * Counts wrong tokens: so many a minute from one address, and so many from all that are not on this machine, as whoever
 * guesses may have many addresses. It holds no more than it counts.
 */
export class Attempts {
  #failures: readonly Failure[] = [];

  /** In ms: how long no token from there is looked at. `now` in ms, of any clock that only goes on. */
  waitMs(from: string, now: number): number {
    const recent = this.#failures.filter(({ at }) => now - at < windowMs);
    const own = recent.filter((failure) => failure.from === from);
    if (from === thisMachine) return waitOf(own, mostOfOne, now);
    const strangers = recent.filter((failure) => failure.from !== thisMachine);
    return Math.max(waitOf(own, mostOfOne, now), waitOf(strangers, mostOfAll, now));
  }

  /** To be called only where there was nothing to wait for. */
  fail(from: string, now: number): void {
    this.#failures = [...this.#failures.filter(({ at }) => now - at < windowMs), { from, at: now }];
  }
}

const windowMs = 60_000;
const mostOfOne = 10;
const mostOfAll = 60;

/** Until so many of them are older than a minute that there are fewer than `most`. */
function waitOf(failures: readonly Failure[], most: number, now: number): number {
  const deciding = failures.at(-most);
  return deciding ? deciding.at + windowMs - now : 0;
}
