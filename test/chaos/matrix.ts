import type { When } from '../fixtures/chaos/script.ts';
import type { Senseless, Trial } from './faults/fault.ts';
import type { Lap } from './load-process.ts';

interface Cell {
  trials: number;
  /** What can't be at this time, by the reason. */
  readonly leftOut: Senseless[];
  failed: number;
  readonly quiet: number[];
  readonly under: number[];
}

/** What became of the requests to healthy plugins, by kind and time of fault. */
export class Matrix {
  readonly #cells = new Map<string, Cell>();

  plan(kind: string, when: When, trial: Trial | Senseless): void {
    const cell = this.#cell(kind, when);
    if (typeof trial === 'string') cell.leftOut.push(trial);
    else cell.trials += 1;
  }

  note(kind: string, when: When, { quiet, under }: { readonly quiet: Lap; readonly under: Lap }): void {
    const cell = this.#cell(kind, when);
    cell.failed += quiet.failed.length + under.failed.length;
    cell.quiet.push(...quiet.latencies);
    cell.under.push(...under.latencies);
  }

  /** As a Markdown table. */
  report(): string {
    const cells = [...this.#cells];
    const rows = [...cells, ['**all**', sumOf(cells.map(([, cell]) => cell))] as const];
    return [
      '| fault, when | trials | make no sense | requests to others, quiet | under fault | failed | p99 quiet, ms | p99 under fault, ms |',
      '| --- | --: | --: | --: | --: | --: | --: | --: |',
      ...rows.map(
        ([title, { trials, leftOut, quiet, under, failed }]) =>
          `| ${[title, trials, leftOut.length, quiet.length, under.length, failed, p99(quiet), p99(under)].join(' | ')} |`,
      ),
      '',
      'What makes no sense:',
      '',
      ...cells.flatMap(([title, { leftOut }]) =>
        [...new Set(leftOut)].map(
          (reason) => `- ${title}, ${leftOut.filter((other) => other === reason).length}: ${reason}`,
        ),
      ),
      '',
    ].join('\n');
  }

  #cell(kind: string, when: When): Cell {
    const key = `${kind}, ${when}`;
    const cell = this.#cells.get(key) ?? { trials: 0, leftOut: [], failed: 0, quiet: [], under: [] };
    this.#cells.set(key, cell);
    return cell;
  }
}

function sumOf(cells: readonly Cell[]): Cell {
  const sum = (of: (cell: Cell) => number): number => cells.reduce((total, cell) => total + of(cell), 0);
  return {
    trials: sum(({ trials }) => trials),
    leftOut: cells.flatMap(({ leftOut }) => leftOut),
    failed: sum(({ failed }) => failed),
    quiet: cells.flatMap(({ quiet }) => quiet),
    under: cells.flatMap(({ under }) => under),
  };
}

function p99(latencies: readonly number[]): string {
  const sorted = latencies.toSorted((a, b) => a - b);
  return (sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0).toFixed(1);
}
