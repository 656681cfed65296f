import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import { watchEscapes } from './escaped-errors.ts';
import { watchTimers } from './left-timers.ts';

/** What a test must not leave behind. */
export interface Leftovers {
  /** Runs what belongs to the plugins: the timers that it starts are theirs, now and later. */
  within<T>(call: () => T): T;
  /** The same for all that `handler` serves. */
  wrap(handler: RequestHandler): RequestHandler;
  /** A line for each error that escaped and each timer that is still running. */
  report(): readonly string[];
  stop(): void;
}

/** Watches for errors that escape and timers that stay, from now until `stop()`. Changes nothing of either. */
export function watchLeftovers(classNames: ReadonlySet<string>): Leftovers {
  const owner = {};
  const timers = watchTimers({ classNames, whose: () => whoseContext(owner) });
  const escapes = watchEscapes(() => whoseContext(owner) === 'own');
  return {
    within: (call) => context.run(owner, call),
    wrap: (handler) => (request, response, next) => context.run(owner, handler, request, response, next),
    report: () => [...[...escapes.errors].map(describeEscape), ...timers.running().map(describeTimer)],
    stop: () => {
      timers.stop();
      escapes.stop();
    },
  };
}

// One for all beds: each then knows what is another's.
const context = new AsyncLocalStorage<object>();

function whoseContext(owner: object): 'own' | 'others' | 'test' {
  const current = context.getStore();
  if (current === undefined) return 'test';
  return current === owner ? 'own' : 'others';
}

function describeEscape(error: unknown): string {
  return `An error escaped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function describeTimer(startedAt: string): string {
  return `A timer was left behind, started ${startedAt}. Clear it in onStop(), or .unref() it.`;
}
