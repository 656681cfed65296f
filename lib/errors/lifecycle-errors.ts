import { inspect } from 'node:util';
import { arrows } from './container-errors.ts';
import { PluginError } from './plugin-error.ts';
import type { PluginFailure } from '../plugin/status.ts';

export function constructFailed(plugin: string, path: readonly string[], cause: unknown): PluginError {
  const name = path.at(-1) ?? plugin;
  return new PluginError({
    code: 'CONSTRUCT_FAILED',
    plugin,
    phase: 'construct',
    path,
    message: `${arrows(path)}: ${name} could not be constructed: ${describeThrown(cause)}`,
    fix: `Look at the constructor, the @postConstruct method or the factory of ${name}. Work that may fail for a while belongs in onStart().`,
    cause,
  });
}

export function startFailed(plugin: string, name: string, cause: unknown): PluginError {
  return new PluginError({
    code: 'START_FAILED',
    plugin,
    phase: 'start',
    path: [plugin, name],
    message: `onStart() of ${name} failed: ${describeThrown(cause)}`,
    fix: `Look at ${name}.onStart(). What it needs from outside (a database, a port) may not be there.`,
    cause,
  });
}

export function startTimeout(plugin: string, doing: string, limitMs: number): PluginError {
  return new PluginError({
    code: 'START_TIMEOUT',
    plugin,
    phase: 'start',
    path: [plugin],
    message: `"${plugin}" did not start within ${limitMs} ms: it was still at ${doing}.`,
    fix: `Await only what ends: begin long work without awaiting it. Or allow more: @Plugin({ name: '${plugin}', timeouts: { startMs: ${limitMs * 3} } }).`,
  });
}

export function loadTimeout(plugin: string, limitMs: number): PluginError {
  return new PluginError({
    code: 'LOAD_TIMEOUT',
    plugin,
    phase: 'load',
    path: [plugin],
    message: `The code of "${plugin}" was not loaded within ${limitMs} ms: something that it imports never ends.`,
    fix: 'Look for a top-level await in what it imports. A plugin must not import the file that awaits host.start().',
  });
}

export function stopFailed(plugin: string, name: string, cause: unknown): PluginError {
  return new PluginError({
    code: 'STOP_FAILED',
    plugin,
    phase: 'stop',
    path: [plugin, name],
    message: `${name} failed while "${plugin}" stopped: ${describeThrown(cause)}`,
    fix: `Look at onStop() and @preDestroy of ${name}. The rest of the plugin was stopped all the same.`,
    cause,
  });
}

export function stopTimeout(plugin: string, name: string, limitMs: number): PluginError {
  return new PluginError({
    code: 'STOP_TIMEOUT',
    plugin,
    phase: 'stop',
    path: [plugin, name],
    message: `${name} did not stop within ${limitMs} ms; "${plugin}" went on without it.`,
    fix: `Look at onStop() and @preDestroy of ${name}, or allow more: @Plugin({ name: '${plugin}', timeouts: { stopMs: ${limitMs * 3} } }).`,
  });
}

/** `reason` is `unloaded`, `disabled`, or what has failed. */
export function dependencyNotRunning(plugin: string, chain: readonly string[], reason: string): PluginError {
  const dependency = chain.at(-1) ?? plugin;
  return new PluginError({
    code: 'DEPENDENCY_NOT_RUNNING',
    plugin,
    phase: 'plan',
    path: chain,
    message: `"${plugin}" waits: ${arrows(chain)}, and "${dependency}" is not running (${reason}).`,
    fix: `${remedyFor(dependency, reason)}; "${plugin}" itself needs no change.`,
  });
}

function remedyFor(plugin: string, reason: string): string {
  if (reason === 'unloaded') return `Bring "${plugin}" back: host.reload('${plugin}')`;
  if (reason !== 'disabled') return `Mend "${plugin}"`;
  return `Take enabled: false out of settings['${plugin}'], or call host.release('${plugin}')`;
}

export function reloadRefused(plugin: string, culprit: string, error: PluginError | undefined): PluginError {
  const reason = error ? `${error.code}: ${error.message}` : 'it does not run';
  return new PluginError({
    code: 'RELOAD_REFUSED',
    plugin,
    phase: 'start',
    path: [plugin, culprit],
    message: `The new generation of "${plugin}" was given up, and the one before goes on: "${culprit}" could not be built with it (${reason}).`,
    fix: `${error?.fix ?? `Look at "${culprit}".`} Or unload "${culprit}" first: host.unload('${culprit}').`,
  });
}

/** What of a plugin's requests has failed, and what is too much. */
interface CountedRequests {
  readonly failed: number;
  readonly requests: number;
  readonly windowMs: number;
}

export function tooManyErrors(
  plugin: string,
  { failed, requests, windowMs }: CountedRequests,
  cause: unknown,
): PluginError {
  return new PluginError({
    code: 'TOO_MANY_ERRORS',
    plugin,
    phase: 'request',
    path: [plugin],
    message: `${failed} of ${requests} requests of "${plugin}" failed within ${windowMs} ms, the last with: ${describeThrown(cause)}`,
    fix: `Look at the cause. How much is too much is up to you: @Plugin({ name: '${plugin}', supervise: { errors: { ratio: 0.9 } } }), or errors: false.`,
    cause,
  });
}

/** What the restart policy has counted. */
interface Counted {
  readonly failures: number;
  readonly intensity: number;
  readonly periodMs: number;
  readonly last: PluginFailure | undefined;
}

export function tooManyFailures(
  plugin: string,
  { failures, intensity, periodMs, last }: Counted,
): PluginError {
  const reason = last ? ` The last one: ${last.code}: ${last.message}` : '';
  return new PluginError({
    code: 'TOO_MANY_FAILURES',
    plugin,
    phase: last?.phase ?? 'start',
    path: [plugin],
    message: `"${plugin}" is quarantined: failures within ${periodMs / 1_000} s: ${failures}, restarts allowed: ${intensity}.${reason}`,
    fix: `${last?.fix ?? 'Look at its log.'} Then host.reload('${plugin}') with other code, or host.release('${plugin}').`,
  });
}

export function listenerFailed(plugin: string, point: string, cause: unknown): PluginError {
  return new PluginError({
    code: 'LISTENER_FAILED',
    plugin,
    phase: 'run',
    path: [plugin, point],
    message: `A listener of "${plugin}" on the extension point "${point}" failed: ${describeThrown(cause)}`,
    fix: 'Catch in the listener what may fail: nobody checks what others contribute.',
    cause,
  });
}

export function monitorListenerFailed(plugin: string, call: string, cause: unknown): PluginError {
  return new PluginError({
    code: 'LISTENER_FAILED',
    plugin,
    phase: 'run',
    path: [plugin, `Monitor.${call}`],
    message: `A listener of "${plugin}" on Monitor.${call} failed: ${describeThrown(cause)}`,
    fix: 'Catch in the listener what may fail.',
    cause,
  });
}

export function unexpectedFault(plugin: string, phase: PluginError['phase'], cause: unknown): PluginError {
  return new PluginError({
    code: 'UNEXPECTED',
    plugin,
    phase,
    path: [plugin],
    message: `"${plugin}" failed in the phase "${phase}": ${describeThrown(cause)}`,
    fix: 'Look at the cause and its stack.',
    cause,
  });
}

export function hostServiceFailed(cause: unknown): PluginError {
  return new PluginError({
    code: 'HOST_SERVICE_FAILED',
    plugin: 'host',
    phase: 'construct',
    path: ['host'],
    message: `A middleware, interceptor or service of the host could not be made: ${describeThrown(cause)}`,
    fix: 'Look at what createHost({ services, middlewares, interceptors }) names. This is no plugin’s fault.',
    cause,
  });
}

export function importUnavailable(
  plugin: string,
  path: readonly string[],
  owner: string,
  cause: unknown,
): PluginError {
  const token = path.at(-1) ?? '';
  return new PluginError({
    code: 'IMPORT_UNAVAILABLE',
    plugin,
    phase: 'construct',
    path,
    message: `${arrows(path)}: ${owner} offers ${token} but could not provide it: ${describeThrown(cause)}`,
    fix: `Mend ${token} in ${owner}; "${plugin}" itself needs no change.`,
    cause,
  });
}

/** Every fault that kept critical plugins from starting, and all others beside them, a line each. */
export class HostStartError extends AggregateError {
  override readonly name = 'HostStartError';
  readonly code = 'CRITICAL_PLUGIN_FAILED';

  constructor(critical: readonly string[], failures: readonly PluginError[]) {
    const lines = failures.map(
      ({ plugin, code, message, fix }) => `- ${plugin}: ${code}: ${message}\n  Fix: ${fix}`,
    );
    super(
      failures,
      `The host did not start: ${critical.join(', ')} is critical and failed.\n${lines.join('\n')}`,
    );
  }
}

/** One line for anything that can be thrown, with what caused it where the message does not tell. */
export function describeThrown(thrown: unknown, depth = 3): string {
  if (!(thrown instanceof Error)) {
    return typeof thrown === 'string'
      ? thrown
      : `${inspect(thrown, { depth: 1, breakLength: Infinity })} was thrown`;
  }
  const message = thrown.message || thrown.name;
  if (thrown.cause === undefined || depth === 0) return message;
  const cause = describeThrown(thrown.cause, depth - 1);
  return message.includes(cause) ? message : `${message}: ${cause}`;
}
