import {
  createHost,
  pluginOptions,
  type Class,
  type Contribution,
  type Host,
  type HostOptions,
  type PluginSettings,
  type Service,
  type Token,
} from 'plugboard';
import { createAgent, type Agent } from './agent.ts';
import { contributor } from './contributor.ts';
import { watchLeftovers, type Leftovers } from './leftovers.ts';
import { captureLog, type LogLine } from './log-capture.ts';
import { keepTicksReal } from './real-ticks.ts';
import { StandIns } from './stand-ins.ts';
import { startError } from './start-errors.ts';

/** What a bed is made of. */
export interface StartedHost {
  readonly host: Host;
  readonly standIns: StandIns;
  readonly logs: readonly LogLine[];
  readonly leftovers: Leftovers;
  readonly agent: Agent;
}

/** Collects what a test says, then starts hosts: each call of `start()` makes one that shares nothing with the others. */
export class TestSetup {
  readonly given = new Map<Token, unknown>();
  readonly contributed: Contribution[] = [];
  mocksAll = false;
  readonly #settings: Record<string, PluginSettings>;

  constructor(private readonly options: HostOptions) {
    this.#settings = { ...options.settings };
  }

  configure(plugin: string, settings: PluginSettings): void {
    this.#settings[plugin] = { ...this.#settings[plugin], ...settings };
  }

  async start(): Promise<StartedHost> {
    keepTicksReal();
    const logs: LogLine[] = [];
    const points = this.contributed.map(([point]) => point);
    const standIns = new StandIns(this.given, points, this.mocksAll);
    const leftovers = watchLeftovers(classNames(this.options.plugins ?? []));
    let host: Host | undefined;
    try {
      host = createHost(this.#hostOptions(standIns, logs));
      const agent = createAgent(leftovers.wrap(host.handler));
      await startHost(host, standIns, leftovers);
      return { host, standIns, logs, leftovers, agent };
    } catch (error) {
      await host?.close();
      leftovers.stop();
      throw error;
    }
  }

  #hostOptions({ substitute }: StandIns, logs: LogLine[]): HostOptions {
    const { log, plugins = [] } = this.options;
    return {
      // The test is to see what a plugin leaves behind.
      leaks: false,
      // A thread that looks after a test's event loop would take longer to start than most tests.
      blockedMs: 0,
      // What a test does not say must not depend on where it runs.
      configFile: false,
      environment: false,
      ...this.options,
      plugins: this.contributed.length > 0 ? [...plugins, contributor(this.contributed)] : plugins,
      settings: this.#settings,
      log: captureLog(logs, log),
      substitute,
    };
  }
}

async function startHost(host: Host, standIns: StandIns, leftovers: Leftovers): Promise<void> {
  let thrown: unknown;
  try {
    await leftovers.within(async () => host.start());
  } catch (error) {
    thrown = error;
  }
  const error = startError(standIns, host.plugins, thrown);
  if (error) throw error;
}

/** The names of the classes that the plugins name. */
function classNames(plugins: NonNullable<HostOptions['plugins']>): ReadonlySet<string> {
  const types = plugins.filter((plugin) => typeof plugin !== 'string');
  const named = types.flatMap((type) => {
    const {
      services = [],
      controllers = [],
      middlewares = [],
      interceptors = [],
    } = pluginOptions(type) ?? {};
    return [type, ...services.flatMap(classesOf), ...controllers, ...middlewares, ...interceptors];
  });
  return new Set(named.map(({ name }) => name).filter((name) => name !== ''));
}

function classesOf(service: Service): readonly Class[] {
  if (typeof service === 'function') return [service];
  return 'load' in service ? [] : [service[1]];
}
