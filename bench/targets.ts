import { resultOf, type RowResult } from './results.ts';
import type { Case } from './scenarios/scenario.ts';
import { ratio } from './statistics.ts';

/** What Plugboard means to reach: so many times as good as another row, by processor time or by p99. */
interface Target {
  readonly scenario: string;
  readonly row: Case;
  readonly base: Case;
  readonly by: 'cpu' | 'p99';
  readonly atLeast: number;
}

/** A line for each target whose rows were measured, or nothing. */
export function targetLines(scenario: string, results: readonly RowResult[]): string {
  return targets
    .filter((target) => target.scenario === scenario)
    .flatMap((target) => targetLine(target, results))
    .map((line) => `- ${line}\n`)
    .join('');
}

function targetLine({ row, base, by, atLeast }: Target, results: readonly RowResult[]): readonly string[] {
  const own = resultOf(results, row);
  const other = resultOf(results, base);
  if (!own || !other) return [];
  const reached = ratio(own.rounds, other.rounds)[by];
  const measure = by === 'cpu' ? 'processor time' : 'p99';
  const verdict = reached >= atLeast ? 'reached' : '**missed**';
  return [
    `${verdict}: ${label(row)} ${reached.toFixed(2)} × ${label(base)} by ${measure}, meant is ${atLeast.toFixed(2)}`,
  ];
}

function label({ peer, variant }: Case): string {
  return variant ? `${peer} (${variant})` : peer;
}

/** Node 24 made the change of a prototype cheap, so that born classes gain less there. */
const bornClassesGain = Number.parseInt(process.versions.node, 10) >= 24 ? 1.1 : 3.5;

const targets: readonly Target[] = [
  ...['a', 'b'].flatMap((scenario) => [
    target(scenario, 'plugboard', 'fastify', 1),
    target(scenario, 'plugboard', 'raw', 0.9),
  ]),
  target('c', 'plugboard', 'fastify', 1),
  amongThousand('cpu', 0.95),
  amongThousand('p99', 1 / 1.2),
  ...['e', 'f'].flatMap((scenario) => [
    target(scenario, 'plugboard', 'routing-controllers', 3),
    target(scenario, 'plugboard', 'nest-fastify', 1),
  ]),
  ...['constant', 'typed'].flatMap((variant) => [
    target('g', 'plugboard-app', 'express', 1, variant),
    target('g', 'plugboard-server', 'express', bornClassesGain, variant),
  ]),
];

function target(scenario: string, peer: string, base: string, atLeast: number, variant = ''): Target {
  return { scenario, row: { peer, variant }, base: { peer: base, variant }, by: 'cpu', atLeast };
}

function amongThousand(by: Target['by'], atLeast: number): Target {
  const [row, base] = ['1000 plugins', '1 plugin'].map((variant) => ({ peer: 'plugboard', variant })) as [
    Case,
    Case,
  ];
  return { scenario: 'd', row, base, by, atLeast };
}
