import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
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
  disabled: { wait: 'waiting', start: 'starting', fail: 'failed', stopped: 'stopped' },
  waiting: { start: 'starting', fail: 'failed', stopped: 'stopped' },
  starting: { started: 'running', drain: 'draining', fail: 'failed' },
  running: { started: 'running', drain: 'draining', fail: 'failed', quarantine: 'quarantined' },
  draining: { wait: 'waiting', start: 'starting', fail: 'failed', stopped: 'stopped' },
  stopped: { disable: 'disabled', wait: 'waiting', start: 'starting', fail: 'failed' },
  failed: {
    disable: 'disabled',
    wait: 'waiting',
    start: 'starting',
    quarantine: 'quarantined',
    stopped: 'stopped',
  },
  quarantined: { release: 'waiting', start: 'starting', stopped: 'stopped' },
};
const states = Object.keys(legal) as readonly PluginState[];

/** Each state that a plugin comes through, from one on; `undefined` where an event has no place. */
function live(from: PluginState, ...life: readonly PluginEvent[]): readonly (PluginState | undefined)[] {
  let state: PluginState | undefined = from;
  return life.map((event) => (state &&= nextState(state, event)));
}

describe('the life of a plugin', () => {
  for (const state of states) {
    for (const event of events) {
      const next = legal[state][event];
      it(next ? `goes from ${state} to ${next} on ${event}` : `knows no ${event} when ${state}`, () => {
        equal(nextState(state, event), next);
      });
    }
  }

  it('goes on running while a replacement is built, and with the replacement', () => {
    deepEqual(live('running', 'started', 'drain'), ['running', 'draining']);
  });

  it('fails for good, and is started again after a pause', () => {
    deepEqual(live('running', 'fail', 'start', 'started'), ['failed', 'starting', 'running']);
  });

  it('fails too often, and is quarantined until it is released', () => {
    deepEqual(live('starting', 'fail', 'quarantine', 'release', 'start'), [
      'failed',
      'quarantined',
      'waiting',
      'starting',
    ]);
    deepEqual(live('running', 'quarantine', 'start'), ['quarantined', 'starting']);
  });

  for (const state of ['starting', 'running'] as const) {
    it(`is drained and waits when it is ${state} and its dependency goes, and comes back with it`, () => {
      deepEqual(live(state, 'drain', 'wait', 'start'), ['draining', 'waiting', 'starting']);
    });
  }

  it('is drained and stopped when it is unloaded, and starts or waits when it is loaded again', () => {
    deepEqual(live('running', 'drain', 'stopped', 'start'), ['draining', 'stopped', 'starting']);
    deepEqual(live('running', 'drain', 'stopped', 'wait'), ['draining', 'stopped', 'waiting']);
  });

  for (const state of ['waiting', 'failed', 'quarantined', 'disabled'] as const) {
    it(`is stopped at once when it is unloaded while ${state}`, () => {
      deepEqual(live(state, 'stopped'), ['stopped']);
    });
  }

  it('is drained before its replacement starts when the reload is exclusive', () => {
    deepEqual(live('running', 'drain', 'start', 'started'), ['draining', 'starting', 'running']);
  });

  it('starts, waits or fails when what was disabled is loaded after all', () => {
    deepEqual(live('disabled', 'start', 'started'), ['starting', 'running']);
    deepEqual(live('disabled', 'wait'), ['waiting']);
    deepEqual(live('disabled', 'fail'), ['failed']);
  });

  it('never leaves the table, is constructed before it runs, and is drained or fails before it is over', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 100 }), (walk) => {
        let state: PluginState = 'discovered';
        for (const event of walk) {
          const next = nextState(state, event);
          if (!next) continue;
          ok(states.includes(next));
          if (next === 'running') ok(state === 'starting' || state === 'running');
          if (state === 'running')
            ok(['running', 'draining', 'failed', 'quarantined'].includes(next), `running to ${next}`);
          if (next === 'quarantined') ok(state === 'failed' || state === 'running');
          state = next;
        }
      }),
    );
  });

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
    const stuck = states.filter((state) => !reached(state).has('stopped') || !reached(state).has('running'));
    deepEqual(stuck, []);
  });
});
