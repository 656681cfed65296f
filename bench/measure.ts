import { checkAnswers } from './check.ts';
import { load } from './load/load.ts';
import type { Case, Scenario } from './scenarios/scenario.ts';
import { ServerProcess } from './server-process.ts';

export interface Measured {
  readonly requestsPerSecond: number;
  /** Microseconds of the server's processor time. */
  readonly cpuPerRequest: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export interface Durations {
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Whether a row answers as it should. */
export async function check(scenario: Scenario, row: Case): Promise<void> {
  await using server = await ServerProcess.start(scenario, row);
  await checkAnswers(server.port, scenario.checks(row));
}

/** One row once: a new server, its answers checked, warmed up, then timed. */
export async function measure(scenario: Scenario, row: Case, durations: Durations): Promise<Measured> {
  await using server = await ServerProcess.start(scenario, row);
  await checkAnswers(server.port, scenario.checks(row));
  const requests = scenario.requests(row);
  if (durations.warmUpSeconds > 0) await load(server.port, requests, durations.warmUpSeconds);
  const before = await server.processorTime();
  const seen = await load(server.port, requests, durations.seconds);
  const after = await server.processorTime();
  return {
    requestsPerSecond: seen.requests / seen.seconds,
    cpuPerRequest: (after - before) / seen.requests,
    p50: seen.p50,
    p99: seen.p99,
  };
}
