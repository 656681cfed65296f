import { Get, JsonController } from 'routing-controllers';
import { Plugin, type Class } from 'plugboard';
import type { When } from '../../fixtures/chaos/script.ts';
import type { Arena } from '../arena.ts';
import type { Fault, Seen } from './fault.ts';

const never = new Promise<never>(() => undefined);

const limits = {
  start: { startMs: 50 },
  serving: { requestMs: 50 },
  stopping: { stopMs: 50 },
  draining: { drainMs: 50 },
} as const;

/** What does not end by itself, and is ended by its limit. */
export const endless: readonly Fault[] = [
  {
    title: 'promise that stays open',
    at: {
      start: {
        expected: { failure: 'START_TIMEOUT', ends: 'quarantined' },
        run: async (arena) => {
          await arena.host.load(endlessPlugin('start'));
          await arena.journal.until('endless-start', 'quarantined');
          return unload(arena, 'start');
        },
      },
      serving: {
        expected: { answer: 504, ends: 'running' },
        run: async (arena) => {
          await arena.host.load(endlessPlugin('serving'));
          const answer = await arena.ask('/endless-serving');
          return { ...(await unload(arena, 'serving')), answer };
        },
      },
      stopping: {
        expected: { failure: 'STOP_TIMEOUT', ends: 'stopped' },
        run: async (arena) => {
          await arena.host.load(endlessPlugin('stopping'));
          const { state } = await arena.host.unload('endless-stopping');
          return { ends: state, ...arena.journal.failureOf('endless-stopping') };
        },
      },
    },
  },
  {
    title: 'request that is never answered while the plugin goes',
    at: {
      start: 'no request comes to a plugin that starts',
      serving: 'is the promise that stays open, above',
      stopping: {
        expected: { answer: 503, ends: 'stopped' },
        run: async (arena) => {
          const arrival = arena.script.cue('request');
          await arena.host.load(endlessPlugin('draining', () => arena.script.give('request')));
          const asked = arena.ask('/endless-draining');
          await arrival;
          const { state } = await arena.host.unload('endless-draining');
          return { ends: state, answer: await asked };
        },
      },
    },
  },
];

function endlessPlugin(when: When | 'draining', onRequest?: () => void): Class {
  const name = `endless-${when}`;
  @Plugin({ name, timeouts: limits[when], supervise: { intensity: 0 } })
  @JsonController(`/${name}`)
  class EndlessPlugin {
    onStart(): Promise<never> | undefined {
      return when === 'start' ? never : undefined;
    }
    onStop(): Promise<never> | undefined {
      return when === 'stopping' ? never : undefined;
    }
    @Get() answer(): Promise<never> {
      onRequest?.();
      return never;
    }
  }
  return EndlessPlugin;
}

async function unload(arena: Arena, when: When): Promise<Seen> {
  const name = `endless-${when}`;
  const { state } = arena.statusOf(name);
  await arena.host.unload(name);
  return { ends: state, ...arena.journal.failureOf(name) };
}
