import { join } from 'node:path';
import type { When } from '../../fixtures/chaos/script.ts';
import { fixtures, type Arena } from '../arena.ts';
import type { Seen, Trial } from './fault.ts';

const folder = join(fixtures, 'rude');

/** The plugin does it at this time, once. */
export function rude(when: When, deed: string, expected: Seen): Trial {
  const acts = { start: actAtStart, serving: actWhileServing, stopping: actWhileStopping };
  return { expected, run: async (arena, toExpect) => acts[when](arena, deed, toExpect) };
}

/** The plugin does it in a request that is under way while it is taken down. */
export function rudeAtLast(deed: string, expected: Seen): Trial {
  return { expected, run: async (arena, toExpect) => answerAtLast(arena, deed, toExpect) };
}

/** Nothing: it comes, is asked, and goes. */
export const wellBehaved: Trial = rude('serving', '', { answer: 200, ends: 'running' });

async function actAtStart(arena: Arena, deed: string, expected: Seen): Promise<Seen> {
  const { host, script } = arena;
  script.tell('start', deed);
  const { generation } = await host.load(folder);
  arena.play();
  const seen = await follow(arena, generation, expected);
  await host.unload('rude');
  return seen;
}

async function actWhileServing(arena: Arena, deed: string, expected: Seen): Promise<Seen> {
  const { host, script } = arena;
  const { generation } = await host.load(folder);
  script.tell('serving', deed);
  const answer = await arena.ask('/rude');
  arena.play();
  const seen = await follow(arena, generation, expected);
  await host.unload('rude');
  return { ...seen, answer };
}

async function actWhileStopping(arena: Arena, deed: string, { failure }: Seen): Promise<Seen> {
  const { host, script, journal } = arena;
  await host.load(folder);
  script.tell('stopping', deed);
  const { state } = await host.unload('rude');
  arena.play();
  if (failure) await journal.until('rude', failure);
  return { ends: state, ...journal.failureOf('rude') };
}

async function answerAtLast(arena: Arena, deed: string, { failure }: Seen): Promise<Seen> {
  const { host, script, journal } = arena;
  await host.load(folder);
  const arrival = script.cue('request');
  const asked = arena.ask('/rude/last');
  await arrival;
  script.tell('stopping', deed);
  const unloaded = host.unload('rude');
  await journal.until('rude', 'draining');
  script.give('drain');
  const answer = await asked;
  const { state } = await unloaded;
  if (failure) await journal.until('rude', failure);
  return { ends: state, answer, ...journal.failureOf('rude') };
}

/** Waits for what is expected to be told, and says what is there then. */
async function follow(arena: Arena, generation: number, { failure, isRestarted }: Seen): Promise<Seen> {
  const { journal } = arena;
  if (failure) await journal.until('rude', failure);
  if (isRestarted) {
    await journal.until('rude', 'running', generation + 1);
    if ((await arena.ask('/rude')) !== 200) throw new Error('it was restarted, and does not answer');
  }
  const { state, generation: last } = arena.statusOf('rude');
  return {
    ends: state,
    ...journal.failureOf('rude'),
    ...(last > generation && { isRestarted: true }),
  };
}
