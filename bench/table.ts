import { peers } from './peers.ts';
import { resultOf, type RowResult } from './results.ts';
import type { Case, Scenario } from './scenarios/scenario.ts';
import { median, ratio } from './statistics.ts';

/** One scenario's table: medians over the rounds. */
export function scenarioTable(scenario: Scenario, results: readonly RowResult[]): string {
  const bases = scenario.bases.filter((base) => results.some(({ row }) => resultOf(results, base.of(row))));
  const head = ['', 'req/s', 'CPU µs/request', ...bases.map(({ title }) => `× ${title}`), 'p50 ms', 'p99 ms'];
  const lines = results.map(({ row, rounds }) => [
    nameOf(row),
    median(rounds, ({ requestsPerSecond }) => requestsPerSecond).toFixed(0),
    median(rounds, ({ cpuPerRequest }) => cpuPerRequest).toFixed(1),
    ...bases.map((base) => ratioText(rounds, resultOf(results, base.of(row))?.rounds)),
    median(rounds, ({ p50 }) => p50).toFixed(2),
    median(rounds, ({ p99 }) => p99).toFixed(2),
  ]);
  return `## ${scenario.id}. ${scenario.title}\n\n${markdownTable(head, lines)}`;
}

/** The first column is text, all others are numbers. */
export function markdownTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function nameOf({ peer, variant }: Case): string {
  const title = peers.find(({ id }) => id === peer)?.title ?? peer;
  return variant ? `${title}, ${variant}` : title;
}

function ratioText(rounds: RowResult['rounds'], base: RowResult['rounds'] | undefined): string {
  if (!base) return '';
  const { speed, cpu } = ratio(rounds, base);
  return `${speed.toFixed(2)} / ${cpu.toFixed(2)}`;
}
