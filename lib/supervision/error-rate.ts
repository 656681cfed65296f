import type { EffectiveSupervise } from '../plugin/supervise.ts';

export type ErrorRateSettings = Exclude<EffectiveSupervise['errors'], false>;

/** How many requests have failed, of how many within the window. */
export interface ErrorShare {
  readonly failed: number;
  readonly requests: number;
}

/**
 * The share of requests that fail, in a window that slides: what counts is this bucket, and of the one before as much
 * as still is within the window. Times are in ms, of any clock that does not go back.
 */
export class ErrorRate {
  // A request that succeeds costs an increment, and no look at the clock: a bucket is closed by the first failure after
  // its end, and what it has served until then is taken to have come evenly.
  #served = 0;
  #failed = 0;
  #earlier = { served: 0, failed: 0 };

  constructor(
    private readonly settings: ErrorRateSettings,
    /** When the bucket began. */
    private since: number,
  ) {}

  /** Counts requests that have not failed. */
  served(requests = 1): void {
    this.#served += requests;
  }

  /** Counts one that has, and returns the share of those that failed where it has become too high. */
  failed(now: number): ErrorShare | undefined {
    const { ratio, minimum, windowMs } = this.settings;
    if (now - this.since >= windowMs) this.#closeBucket(now);
    this.#failed += 1;
    const left = 1 - (now - this.since) / windowMs;
    const failed = Math.round(this.#failed + this.#earlier.failed * left);
    const requests = failed + Math.round(this.#served + this.#earlier.served * left);
    return requests >= minimum && failed >= requests * ratio ? { failed, requests } : undefined;
  }

  #closeBucket(now: number): void {
    const windows = (now - this.since) / this.settings.windowMs;
    // Its failures all came in its first window, of which a part is left, or none.
    this.#earlier = { served: this.#served / windows, failed: this.#failed * Math.max(0, 2 - windows) };
    this.#served = 0;
    this.#failed = 0;
    this.since = now;
  }
}
