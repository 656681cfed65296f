import type { Measured } from './measure.ts';
import type { Case } from './scenarios/scenario.ts';

export interface RowResult {
  readonly row: Case;
  /** One for each round. */
  readonly rounds: readonly Measured[];
}

export function resultOf(results: readonly RowResult[], wanted: Case): RowResult | undefined {
  return results.find(({ row }) => row.peer === wanted.peer && row.variant === wanted.variant);
}
