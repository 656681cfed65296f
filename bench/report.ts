import type { Measured } from './measure.ts';
import { peers } from './peers.ts';
import type { RowResult } from './rounds.ts';
import type { Case, Scenario } from './scenarios/scenario.ts';

/** One scenario's table: medians over the rounds. */
export function scenarioTable(scenario: Scenario, results: readonly RowResult[]): string {
  const bases = scenario.bases.filter((base) => results.some(({ row }) => find(results, base.of(row))));
  const head = ['', 'req/s', 'CPU µs/request', ...bases.map(({ title }) => `× ${title}`), 'p50 ms', 'p99 ms'];
  const lines = results.map(({ row, rounds }) => [
    nameOf(row),
    middle(rounds, ({ requestsPerSecond }) => requestsPerSecond).toFixed(0),
    middle(rounds, ({ cpuPerRequest }) => cpuPerRequest).toFixed(1),
    ...bases.map((base) => ratio(rounds, find(results, base.of(row))?.rounds)),
    middle(rounds, ({ p50 }) => p50).toFixed(2),
    middle(rounds, ({ p99 }) => p99).toFixed(2),
  ]);
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  const text = [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `### ${scenario.id}. ${scenario.title}\n\n${text}\n`;
}

function nameOf({ peer, variant }: Case): string {
  const title = peers.find(({ id }) => id === peer)?.title ?? peer;
  return variant ? `${title}, ${variant}` : title;
}

function find(results: readonly RowResult[], wanted: Case): RowResult | undefined {
  return results.find(({ row }) => row.peer === wanted.peer && row.variant === wanted.variant);
}

/** By requests a second, then by processor time; each round against the same round of the base, then the median. */
function ratio(rounds: readonly Measured[], base: readonly Measured[] | undefined): string {
  if (!base) return '';
  const pairs = rounds.flatMap((own, index) => {
    const other = base[index];
    return other ? [{ own, other }] : [];
  });
  const speed = middle(pairs, ({ own, other }) => own.requestsPerSecond / other.requestsPerSecond);
  const cpu = middle(pairs, ({ own, other }) => other.cpuPerRequest / own.cpuPerRequest);
  return `${speed.toFixed(2)} / ${cpu.toFixed(2)}`;
}

function middle<T>(values: readonly T[], of: (value: T) => number): number {
  const sorted = values.map(of).sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}
