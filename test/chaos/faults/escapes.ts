import { sources } from '../../fixtures/escapes/plugins/leaky/sources.ts';
import type { Fault, Seen } from './fault.ts';
import { rude } from './rude-plugin.ts';

const told: Seen = { failure: 'ESCAPED_ERROR', ends: 'running' };

/** Errors that nobody can catch: what runs has failed by them, and is started anew. */
export const escapes: readonly Fault[] = [...Object.keys(sources), 'process.exit() in a timer'].map(
  (source) => ({
    title: `error out of: ${source}`,
    at: {
      start: rude('start', source, isCounted(source, 'start') ? { ...told, isRestarted: true } : told),
      serving: rude('serving', source, {
        ...told,
        answer: 200,
        ...(isCounted(source, 'serving') && { isRestarted: true }),
      }),
      stopping: rude('stopping', source, { ...told, ends: 'stopped' }),
    },
  }),
);

function isCounted(source: string, when: 'start' | 'serving'): boolean {
  // It has no stack: from the second on they count.
  if (source === 'net error event') return false;
  // Comes while it is still being started, and does not keep it from that.
  return !(source === 'queueMicrotask' && when === 'start');
}
