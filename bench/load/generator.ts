import type { BenchRequest } from '../scenarios/scenario.ts';

/** What a load generator saw. */
export interface Seen {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Asks over {@link connections} for `seconds`, from the second core. */
export type Generator = (port: number, requests: readonly BenchRequest[], seconds: number) => Promise<Seen>;

export const connections = 64;
