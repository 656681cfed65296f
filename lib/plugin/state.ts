/**
 * The life of a plugin.
 *
 *   discovered ──► waiting ──► starting ──► running ──► draining ──► stopped
 *                     ▲          ▲ │          │ │        ▲ │ │
 *                     │          │ └──────────┼─┼────────┘ │ │   drain
 *                     └──────────┼────────────┼─┼──────────┘ │   wait: what it depends on goes away
 *                                ├────────────┼─┼────────────┘   start: an exclusive reload
 *                                │       fail │ │ quarantine
 *                          start │            ▼ └─────────┐
 *                                └───────── failed ──► quarantined ──► waiting
 *                                                              release
 *
 * What is not drawn: `disable` of what was discovered, has failed or was stopped; `fail`, wherever something is tried; `stopped`, wherever nothing
 * runs; and `start` or `wait`, by which all comes back that was disabled, failed or stopped.
 *
 * A running plugin stays so while its replacement is built. A quarantined one comes back by the operator (`release`) or
 * with other code (`start`), and never because something that it waits for has come.
 */
export type PluginState = (typeof pluginStates)[number];

/** All of them, in the order of that life. */
export const pluginStates = [
  'discovered',
  'disabled',
  'waiting',
  'starting',
  'running',
  'draining',
  'stopped',
  'failed',
  'quarantined',
] as const;

export type PluginEvent =
  'disable' | 'wait' | 'start' | 'started' | 'fail' | 'drain' | 'stopped' | 'quarantine' | 'release';

const transitions: Readonly<Record<PluginState, Partial<Readonly<Record<PluginEvent, PluginState>>>>> = {
  discovered: { disable: 'disabled', wait: 'waiting', start: 'starting', fail: 'failed', stopped: 'stopped' },
  disabled: { wait: 'waiting', start: 'starting', fail: 'failed', stopped: 'stopped' },
  waiting: { start: 'starting', fail: 'failed', stopped: 'stopped' },
  starting: { started: 'running', drain: 'draining', fail: 'failed' },
  // `started`: a new generation has taken its place.
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

/** The state that follows, or undefined where the event has no place in that state. */
export function nextState(state: PluginState, event: PluginEvent): PluginState | undefined {
  return transitions[state][event];
}
