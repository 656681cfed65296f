import type { Measured } from './measure.ts';

/** How many times as good as the base; above 1 is better. */
export interface Ratio {
  /** By requests a second. */
  readonly speed: number;
  /** By the server's processor time for a request. */
  readonly cpu: number;
  /** By the 99th percentile of latency. */
  readonly p99: number;
}

/** Each round against the same round of the base, so that what slows the machine slows both; then the medians. */
export function ratio(rounds: readonly Measured[], base: readonly Measured[]): Ratio {
  const pairs = rounds.flatMap((own, index) => {
    const other = base[index];
    return other ? [{ own, other }] : [];
  });
  return {
    speed: median(pairs, ({ own, other }) => own.requestsPerSecond / other.requestsPerSecond),
    cpu: median(pairs, ({ own, other }) => other.cpuPerRequest / own.cpuPerRequest),
    p99: median(pairs, ({ own, other }) => other.p99 / own.p99),
  };
}

export function median<T>(values: readonly T[], of: (value: T) => number): number {
  const sorted = values.map(of).sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}
