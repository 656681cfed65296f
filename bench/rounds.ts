import { check, measure, type Measured } from './measure.ts';
import type { Options } from './options.ts';
import type { RowResult } from './results.ts';
import type { Case, Scenario } from './scenarios/scenario.ts';

/** All rows of a scenario, round by round, each round in an order of its own, so that what drifts, drifts for all. */
export async function measureScenario(scenario: Scenario, options: Options): Promise<readonly RowResult[]> {
  const results = rowsOf(scenario, options).map((row) => ({ row, rounds: [] as Measured[] }));
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const { row, rounds } of shuffled(results)) {
      process.stderr.write(`${scenario.id} ${round}/${options.rounds} ${row.peer} ${row.variant}\n`);
      rounds.push(await measure(scenario, row, options));
    }
  }
  return results;
}

/** Whether each row answers as it should; gives what those did that do not. */
export async function checkScenario(scenario: Scenario, options: Options): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const row of rowsOf(scenario, options)) {
    const name = `${scenario.id} ${row.peer} ${row.variant}`;
    try {
      await check(scenario, row);
      process.stderr.write(`${name} answers as it should\n`);
    } catch (error) {
      wrong.push(`${name}: ${String(error)}`);
    }
  }
  return wrong;
}

function rowsOf({ id, variants }: Scenario, { peers }: Options): readonly Case[] {
  return peers
    .filter(({ serves }) => serves.includes(id))
    .flatMap(({ id: peer }) => variants.map((variant) => ({ peer, variant })));
}

function shuffled<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
