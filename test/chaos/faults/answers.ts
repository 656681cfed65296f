import type { Fault, Seen } from './fault.ts';
import { rude, rudeAtLast } from './rude-plugin.ts';

/** What comes of an answer with which something is wrong; 0: it is broken off. */
const outcomes: Readonly<Record<string, Omit<Seen, 'ends'>>> = {
  'throw after the headers': { answer: 0 },
  'double send': { answer: 200 },
  'double send, the second later': { answer: 200, failure: 'ESCAPED_ERROR', isRestarted: true },
  'stream that breaks': { answer: 0 },
  'stream that breaks at once': { answer: 500 },
  'bad header': { answer: 500 },
  'bad status': { answer: 500 },
  'circular JSON': { answer: 500 },
  'toJSON() that throws': { answer: 500 },
  'bigint in JSON': { answer: 500 },
};

export const answers: readonly Fault[] = Object.entries(outcomes).map(([title, seen]) => {
  const { isRestarted: _, ...atLast } = seen;
  return {
    title,
    at: {
      start: 'there is no answer yet to go wrong',
      serving: rude('serving', title, { ...seen, ends: 'running' }),
      // Of a request that is under way while the plugin is taken down.
      stopping: rudeAtLast(title, { ...atLast, ends: 'stopped' }),
    },
  };
});
