import type { Class, Host, Token } from 'plugboard';
import type { Agent } from './agent.ts';
import type { LogLine } from './log-capture.ts';
import type { Mocks } from './mocks.ts';
import { keepTicksReal } from './real-ticks.ts';
import type { StartedHost } from './test-setup.ts';

/** Plugins that run for one test. */
export interface HostTestBed extends AsyncDisposable {
  readonly host: Host;
  /**
   * What a plugin gets for `token`: an export, a host service or, where `plugin` is named, its own service or import.
   *
   * @throws PluginError TOKEN_NOT_OFFERED
   */
  get<T>(token: Token<T>, plugin?: string): T;
  readonly mocks: Mocks;
  /** A supertest agent on the host's routes: it keeps cookies between requests. */
  readonly request: Agent;
  /** What the host and the plugins have logged so far. */
  readonly logs: readonly LogLine[];
  /**
   * Stops everything; a second call does nothing more. Rejects, with a line for each, for a failed `onStop` or
   * `@preDestroy`, for an error that escaped, and for a timer that a plugin has left behind (real ones: those of a fake
   * clock are not looked at).
   */
  close(): Promise<void>;
}

/** One plugin that runs for one test. */
export interface TestBed<P> extends HostTestBed {
  /** The real instance. */
  readonly plugin: P;
  /**
   * What the plugin gets for `token`: its own services and its imports.
   *
   * @throws PluginError TOKEN_NOT_OFFERED
   */
  get<T>(token: Token<T>): T;
}

export function createTestBed<P>(started: StartedHost, type: Class<P>, name: string): TestBed<P> {
  const { host } = started;
  return {
    ...createHostTestBed(started),
    plugin: host.get(type, { plugin: name }),
    get: (token) => host.get(token, { plugin: name }),
  };
}

export function createHostTestBed(started: StartedHost): HostTestBed {
  const { host, standIns, logs, agent } = started;
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => (closed ??= closeAll(started));
  return {
    host,
    mocks: standIns,
    request: agent,
    logs,
    get: (token, plugin) => host.get(token, plugin === undefined ? undefined : { plugin }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function closeAll({ host, leftovers, logs }: StartedHost): Promise<void> {
  keepTicksReal();
  const linesBefore = logs.length;
  await leftovers.within(async () => host.close());
  // What a stop sets off may still be on its way: an error needs a turn of the loop to escape.
  await new Promise((resolve) => nextTurn(resolve));
  const problems = [...logs.slice(linesBefore).flatMap(describeStopFault), ...leftovers.report()];
  leftovers.stop();
  if (problems.length > 0) throw new Error(`The test left something behind:\n${problems.join('\n')}`);
}

// From the log: a status tells of one fault only, and of those of host services nothing.
function describeStopFault({ phase, plugin, code, message, fix }: LogLine): readonly string[] {
  return phase === 'stop' ? [`${plugin}: ${String(code)}: ${message}\n  Fix: ${String(fix)}`] : [];
}

// Taken once: under a test's fake timers the real one must still work.
const nextTurn = globalThis.setImmediate;
