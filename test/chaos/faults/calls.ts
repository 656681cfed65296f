import type { Fault } from './fault.ts';
import { rude } from './rude-plugin.ts';

/** What the host calls and what comes out of it at once. */
export const calls: readonly Fault[] = [
  ...['synchronous throw', 'asynchronous throw', 'throw of no error'].map((deed) => ({
    title: deed,
    at: {
      start: rude('start', deed, { failure: 'START_FAILED', isRestarted: true, ends: 'running' }),
      serving: rude('serving', deed, { answer: 500, ends: 'running' }),
      stopping: rude('stopping', deed, { failure: 'STOP_FAILED', ends: 'stopped' }),
    },
  })),
  ...['exit()', 'abort()', "chdir('/')", 'kill(process.pid)'].map((call) => `process.${call}`).map(forbidden),
];

function forbidden(call: string): Fault {
  return {
    title: call,
    at: {
      start: rude('start', call, { failure: 'FORBIDDEN_CALL', ends: 'failed' }),
      serving: rude('serving', call, { answer: 500, ends: 'running' }),
      stopping: rude('stopping', call, { failure: 'FORBIDDEN_CALL', ends: 'stopped' }),
    },
  };
}
