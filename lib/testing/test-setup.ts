import { createHost, type Host, type HostOptions, type PluginStatus } from 'plugboard';
import { watchLeftovers, type Leftovers } from './leftovers.ts';
import { captureLog, type LogLine } from './log-capture.ts';
import { StandIns } from './mocks.ts';
import { createAgent, type Agent } from './agent.ts';

/** What a bed is made of. */
export interface StartedHost {
  readonly host: Host;
  readonly standIns: StandIns;
  readonly logs: readonly LogLine[];
  readonly leftovers: Leftovers;
  readonly agent: Agent;
}

/** Collects what a test says, then starts the host. */
export class TestSetup {
  readonly standIns = new StandIns();
  readonly #configs: Record<string, object> = {};

  constructor(private readonly options: HostOptions) {}

  configure(plugin: string, values: object): void {
    this.#configs[plugin] = values;
  }

  async start(): Promise<StartedHost> {
    const { standIns } = this;
    const logs: LogLine[] = [];
    const leftovers = watchLeftovers();
    const host = createHost({
      ...this.options,
      settings: this.#settings(),
      log: captureLog(logs),
      substitute: standIns.substitute,
    });
    try {
      await host.start();
      refuse(standIns.missing() ?? notRunning(host.plugins) ?? standIns.unused());
      return { host, standIns, logs, leftovers, agent: await createAgent(host) };
    } catch (error) {
      await host.close();
      leftovers.stop();
      throw error;
    }
  }

  #settings(): HostOptions['settings'] {
    const configured = Object.entries(this.#configs).map(([plugin, config]) => [
      plugin,
      { ...this.options.settings?.[plugin], config },
    ]);
    return { ...this.options.settings, ...Object.fromEntries(configured) };
  }
}

function refuse(error: Error | undefined): void {
  if (error) throw error;
}

function notRunning(plugins: readonly PluginStatus[]): Error | undefined {
  const broken = plugins.filter(({ state }) => state !== 'running' && state !== 'disabled');
  if (broken.length === 0) return undefined;
  const lines = broken.map(({ name, state, failure }) =>
    failure ? `${name}: ${failure.code}: ${failure.message}\n  Fix: ${failure.fix}` : `${name} is ${state}.`,
  );
  const cause = broken.find(({ failure }) => failure?.cause)?.failure?.cause;
  return new Error(`The plugin did not start.\n${lines.join('\n')}`, cause && { cause });
}
