import { deepEqual, equal } from 'node:assert/strict';
import { nextState, type PluginEvent, type PluginState } from '#lib/plugin/state.js';

const events: readonly PluginEvent[] = [
  'disable',
  'wait',
  'start',
  'started',
  'fail',
  'drain',
  'stopped',
  'quarantine',
  'release',
];

const legal: Readonly<Record<PluginState, Partial<Record<PluginEvent, PluginState>>>> = {
  discovered: { disable: 'disabled', wait: 'waiting', start: 'starting', fail: 'failed', stopped: 'stopped' },
  disabled: { start: 'starting', stopped: 'stopped' },
  waiting: { start: 'starting', fail: 'failed', stopped: 'stopped' },
  starting: { started: 'running', fail: 'failed', wait: 'waiting', stopped: 'stopped' },
  running: { drain: 'draining', fail: 'failed', wait: 'waiting' },
  draining: { stopped: 'stopped', fail: 'failed', wait: 'waiting' },
  stopped: { start: 'starting', wait: 'waiting' },
  failed: { start: 'starting', wait: 'waiting', quarantine: 'quarantined', stopped: 'stopped' },
  quarantined: { release: 'waiting', start: 'starting', stopped: 'stopped' },
};

describe('the life of a plugin', () => {
  for (const [state, moves] of Object.entries(legal) as [PluginState, (typeof legal)[PluginState]][]) {
    for (const event of events) {
      const next = moves[event];
      it(next ? `goes from ${state} to ${next} on ${event}` : `knows no ${event} when ${state}`, () => {
        equal(nextState(state, event), next);
      });
    }
  }

  it('can always be ended, and begun again', () => {
    const reached = (from: PluginState): ReadonlySet<PluginState> => {
      const found = new Set<PluginState>([from]);
      for (const state of found) {
        for (const event of events) {
          const next = nextState(state, event);
          if (next) found.add(next);
        }
      }
      return found;
    };
    const stuck = (Object.keys(legal) as PluginState[]).filter(
      (state) => !reached(state).has('stopped') || !reached(state).has('running'),
    );
    deepEqual(stuck, []);
  });
});
