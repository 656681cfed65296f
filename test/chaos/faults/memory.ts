import type { Fault } from './fault.ts';
import { rude, rudeAtLast } from './rude-plugin.ts';

const growth = 'memory that grows by 200 MB';

/** What takes up memory, and the time of those who have to do with it. */
export const memory: readonly Fault[] = [
  {
    title: growth,
    at: {
      start: rude('start', growth, { ends: 'running' }),
      serving: rude('serving', growth, { answer: 200, ends: 'running' }),
      stopping: rude('stopping', growth, { ends: 'stopped' }),
    },
  },
  ...['huge body', 'huge stream'].map((title) => ({
    title,
    at: {
      start: 'there is no answer yet to go wrong',
      serving: rude('serving', title, { answer: 200, ends: 'running' }),
      stopping: rudeAtLast(title, { answer: 200, ends: 'stopped' }),
    },
  })),
];
