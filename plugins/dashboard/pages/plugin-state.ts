import type { PluginFailure, PluginStatus } from 'plugboard';

/** How a state is to be taken: something to mend, all well, or neither. */
export type Tone = 'bad' | 'good' | 'quiet';

/** What waits is broken, too, for whoever uses it; what runs although a change of it was refused is not. */
export function toneOf({ state }: Pick<PluginStatus, 'state'>): Tone {
  if (state === 'failed' || state === 'quarantined' || state === 'waiting') return 'bad';
  return state === 'running' ? 'good' : 'quiet';
}

/** Why nothing is to mend although it does not run; undefined of all others. */
export function quietReason({ state, name }: Pick<PluginStatus, 'state' | 'name'>): string | undefined {
  if (state === 'disabled')
    return `Its settings disable it: settings: { '${name}': { enabled: false } }, or a variable PLUGBOARD_…_ENABLED.`;
  if (state === 'stopped') return 'It was stopped, here or by host.unload(). Nothing of it is to mend.';
  return state === 'draining' ? 'It finishes its requests, and stops.' : undefined;
}

/** It runs, and something is to be mended all the same: another generation that could not take its place, say. */
export function isMarred({ state, failure }: Pick<PluginStatus, 'state' | 'failure'>): boolean {
  return state === 'running' && failure !== undefined;
}

/** Those to mend first; those at fault before those that only wait for them; then as the host lists them. */
export function brokenFirst<T extends PluginStatus>(statuses: readonly T[]): readonly T[] {
  return [...statuses].sort((one, other) => rank(one) - rank(other));
}

function rank(status: PluginStatus): number {
  if (toneOf(status) === 'bad') return status.state === 'waiting' ? 1 : 0;
  return status.failure ? 2 : 3;
}

/** What is said of a failure, and what to do about it. */
export interface FailureView {
  readonly title: string;
  readonly message: string;
  readonly fix: string;
  readonly code: string;
  readonly phase: string;
  /** `['billing', 'InvoiceStore', 'Clock']`; empty where there is none. */
  readonly path: readonly string[];
  readonly stack: string;
}

export function failureView({ state, failure }: PluginStatus): FailureView | undefined {
  if (!failure) return undefined;
  const { message, fix, code, phase, path, cause } = failure;
  return {
    title: titleOf(state, failure),
    message,
    fix,
    code,
    phase,
    path: path ?? [],
    stack: cause?.stack ?? '',
  };
}

function titleOf(state: PluginStatus['state'], { phase }: PluginFailure): string {
  if (state === 'running') {
    return firstPhases.has(phase)
      ? 'It runs as it was: what was to take its place has failed'
      : 'It has failed, and runs again';
  }
  if (state === 'waiting') return 'It waits for something';
  if (state === 'quarantined') return 'It has failed too often and is in quarantine';
  return firstPhases.has(phase) ? 'It could not be started' : 'It has failed';
}

/** Those before it runs for the first time. */
const firstPhases: ReadonlySet<string> = new Set([
  'discover',
  'load',
  'manifest',
  'plan',
  'configure',
  'construct',
  'start',
  'mount',
]);
