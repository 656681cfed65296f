import type { EffectiveSupervise } from '../plugin/supervise.ts';

/** What follows from a failure. */
export type Verdict =
  | { readonly kind: 'restart'; readonly afterMs: number }
  /** `failures`: how many there were within the period, this one included. */
  | { readonly kind: 'quarantine'; readonly failures: number };

export type RestartSettings = Pick<EffectiveSupervise, 'intensity' | 'periodMs' | 'backoff'>;

/**
 * Restart intensity as in Erlang/OTP: so many restarts are allowed within a period; one failure more, and it is over.
 * Times are in ms, of any clock that does not go back.
 */
export class RestartPolicy {
  #failures: readonly number[] = [];

  constructor(private readonly settings: RestartSettings) {}

  /** Counts a failure, and says what is to follow. */
  failed(now: number): Verdict {
    const { intensity, periodMs, backoff } = this.settings;
    this.#failures = [...this.#failures.filter((time) => now - time < periodMs), now];
    const failures = this.#failures.length;
    if (failures > intensity) return { kind: 'quarantine', failures };
    return { kind: 'restart', afterMs: pauseAfter(failures, backoff) };
  }
}

/** The pause after so many failures within the period, in ms. */
function pauseAfter(failures: number, { initialMs, factor, maxMs }: RestartSettings['backoff']): number {
  // Not Infinity, since of that not even 0 times as much is a number.
  const growth = Math.min(factor ** (failures - 1), Number.MAX_VALUE);
  return Math.min(initialMs * growth, maxMs, longestTimer);
}

/** A timer that is set for longer fires at once. */
const longestTimer = 2 ** 31 - 1;
