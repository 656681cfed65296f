/**
 * The life of a plugin.
 *
 *   discovered ──► disabled
 *       │ plan                      ┌────────── retry ───────────┐
 *       ▼                           ▼                            │
 *    waiting ──────────────────► starting ──► running ──► draining ──► stopped
 *       ▲                           │            │                       ▲
 *       └──── dependency lost ──────┤            │ fail                  │
 *                                   ▼            ▼                       │
 *                                 failed ──► quarantined                 │
 *                                   └──────────── close ─────────────────┘
 */
export type PluginState =
  | 'discovered'
  | 'disabled'
  | 'waiting'
  | 'starting'
  | 'running'
  | 'draining'
  | 'stopped'
  | 'failed'
  | 'quarantined';

export type PluginEvent =
  'disable' | 'wait' | 'start' | 'started' | 'fail' | 'drain' | 'stopped' | 'quarantine' | 'release';

const transitions: Readonly<Record<PluginState, Partial<Readonly<Record<PluginEvent, PluginState>>>>> = {
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

/** The state that follows, or undefined where the event has no place in that state. */
export function nextState(state: PluginState, event: PluginEvent): PluginState | undefined {
  return transitions[state][event];
}
