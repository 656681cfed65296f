import { setTimeout as pause } from 'node:timers/promises';
import { closeHosts, removeFolders } from '../../host/hosting.ts';
import { Arena } from '../arena.ts';
import { faults } from '../faults/faults.ts';
import type { Trial } from '../faults/fault.ts';
import { wellBehaved } from '../faults/rude-plugin.ts';
import type { Lap } from '../load-process.ts';
import { markdown, type Section } from './section.ts';

const rounds = Number(process.env['SOAK_ROUNDS'] ?? 1);

/** One fault in so many ms: nobody's plugins break five times a second, but it shows sooner what a fault costs. */
const paceMs = Number(process.env['SOAK_PACE_MS'] ?? 1_000);

/** Of which kinds. */
const kinds = process.env['SOAK_FAULTS']?.split(',') ?? Object.keys(faults);

/** Side by side: nothing happens; a plugin that behaves comes, is asked, and goes; one that breaks. */
interface Round {
  readonly quiet: Lap;
  readonly control: Lap;
  readonly under: Lap;
}

/** Faults of one plugin do not fail requests to others, nor make them slow. */
export async function faultsSoak(): Promise<Section> {
  const arena = await Arena.open();
  const rows: string[][] = [];
  const all: Round[] = [];
  for (const [kind, ofKind] of Object.entries(faults)) {
    if (!kinds.includes(kind)) continue;
    const trials = ofKind.flatMap(({ at }) => Object.values(at)).filter((one) => typeof one !== 'string');
    const done: Round[] = [];
    for (let round = 0; round < rounds; round += 1) done.push(await measure(arena, trials));
    rows.push([kind, String(trials.length), ...cells(done)]);
    all.push(...done);
  }
  rows.push(['**all**', '', ...cells(all)]);
  await arena.load.stop();
  await closeHosts();
  await removeFolders();
  const head = ['faults', 'trials', 'requests to others', 'failed', 'p99 quiet, ms'];
  const more = [
    'p99 with a plugin that behaves, ms',
    'p99 under fault, ms',
    'to quiet',
    'to one that behaves',
  ];
  return {
    table: markdown(`Requests to others, ${1_000 / paceMs} faults a second, ${rounds} rounds`, [
      [...head, ...more],
      ...rows,
    ]),
    broken: lapsOf(all).some(({ failed }) => failed.length > 0) ? ['requests to others have failed'] : [],
  };
}

async function measure(arena: Arena, trials: readonly Trial[]): Promise<Round> {
  await arena.load.lap();
  await pause(paceMs * trials.length);
  const quiet = await arena.load.lap();
  await inTurn(
    arena,
    trials.map(() => wellBehaved),
  );
  const control = await arena.load.lap();
  await inTurn(arena, trials);
  return { quiet, control, under: await arena.load.lap() };
}

async function inTurn(arena: Arena, trials: readonly Trial[]): Promise<void> {
  for (const trial of trials) await Promise.all([arena.attempt(trial), pause(paceMs)]);
}

function cells(done: readonly Round[]): string[] {
  const laps = lapsOf(done);
  const p99s = done.map(({ quiet, control, under }) => ({
    quiet: p99(quiet),
    control: p99(control),
    under: p99(under),
  }));
  const ms = (of: (one: (typeof p99s)[number]) => number): string => median(p99s.map(of)).toFixed(1);
  return [
    String(laps.reduce((sum, { latencies }) => sum + latencies.length, 0)),
    String(laps.reduce((sum, { failed }) => sum + failed.length, 0)),
    ms(({ quiet }) => quiet),
    ms(({ control }) => control),
    ms(({ under }) => under),
    `${ms(({ quiet, under }) => under / quiet)} ×`,
    `${ms(({ control, under }) => under / control)} ×`,
  ];
}

function lapsOf(done: readonly Round[]): readonly Lap[] {
  return done.flatMap(({ quiet, control, under }) => [quiet, control, under]);
}

function p99({ latencies }: Lap): number {
  return latencies.toSorted((a, b) => a - b)[Math.ceil(latencies.length * 0.99) - 1] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
