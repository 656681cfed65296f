import type { Class, Host, Token } from 'plugboard';
import type { Agent } from './agent.ts';
import type { LogLine } from './log-capture.ts';
import type { Mocks } from './mocks.ts';
import type { StartedHost } from './test-setup.ts';

/** Plugins that run for one test. */
export interface HostTestBed extends AsyncDisposable {
  readonly host: Host;
  /** What a plugin gets for `token`: an export, a host service or, where `plugin` is named, its own service. */
  get<T>(token: Token<T>, plugin?: string): T;
  readonly mocks: Mocks;
  /** A supertest agent on the host's routes. */
  readonly request: Agent;
  /** What the host and the plugins have logged so far. */
  readonly logs: readonly LogLine[];
  /** Stops everything. Rejects for a failed `onStop`, an error that escaped, or a timer that was left behind. */
  close(): Promise<void>;
}

/** One plugin that runs for one test. */
export interface TestBed<P> extends HostTestBed {
  /** The real instance. */
  readonly plugin: P;
  /** What the plugin gets for `token`: its own services too. */
  get<T>(token: Token<T>): T;
}

export function createTestBed<P>(started: StartedHost, type: Class<P>, name: string): TestBed<P> {
  const bed = createHostTestBed(started);
  return Object.assign(bed, {
    plugin: started.host.get(type, { plugin: name }),
    get: <T>(token: Token<T>) => started.host.get(token, { plugin: name }),
  });
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

async function closeAll({ host, leftovers }: StartedHost): Promise<void> {
  await host.close();
  // What a stop sets off may still be on its way: an error needs a turn of the loop to escape.
  await new Promise((resolve) => nextTurn(resolve));
  const faults = host.plugins.flatMap(({ name, failure }) =>
    failure?.phase === 'stop' ? [`${name}: ${failure.message}`] : [],
  );
  const problems = [...faults, ...leftovers.report()];
  leftovers.stop();
  if (problems.length > 0) throw new Error(`The test left something behind:\n${problems.join('\n')}`);
}

// Taken once: under a test's fake timers the real one must still work.
const nextTurn = globalThis.setImmediate;
