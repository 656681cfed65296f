import { buildGraph, type DependencyGraph } from '#lib/container/dependency-graph.js';
import { bindPlugin } from '#lib/container/bind-plugin.js';
import type { ImportNeed } from '#lib/container/import-needs.js';
import type { PluginContainer, Supply } from '#lib/container/plugin-container.js';
import { ServiceContainer } from '#lib/container/service-container.js';
import { PluginError } from '#lib/errors/plugin-error.js';
import { pluginRecord } from '#lib/plugin/decorator.js';
import type { Service } from '#lib/plugin/options.js';
import type { Class, Token } from '#lib/plugin/tokens.js';
import { Generation, type GenerationLimits } from '#lib/supervision/generation.js';
import { supplyImports } from '#lib/supervision/import-supplier.js';
import { Lifecycle } from '#lib/supervision/lifecycle.js';

export interface Setup {
  readonly host?: readonly Service[];
  readonly plugins: readonly Class[];
  readonly builtIns?: ReadonlyMap<Token, Supply>;
  readonly limits?: Partial<GenerationLimits>;
  readonly config?: unknown;
}

/** What a host has of its plugins' containers, without HTTP: errors are thrown, not kept. */
export class Bench {
  readonly disposalErrors: { readonly error: unknown; readonly name: string }[] = [];
  readonly hostContainer: ServiceContainer;
  readonly hostLifecycle: Lifecycle;
  readonly containers = new Map<string, PluginContainer>();
  readonly generations = new Map<string, Generation>();
  graph!: DependencyGraph;

  constructor(private readonly setup: Setup) {
    this.hostContainer = new ServiceContainer('host', this.#noteError);
    this.hostLifecycle = new Lifecycle('host', this.hostContainer, 1_000);
  }

  /** Binds and checks; nothing is constructed. */
  async plan(): Promise<this> {
    await this.planGraph();
    for (const failure of this.graph.failures.values()) throw failure;
    for (const container of this.containers.values()) {
      container.check((token) => this.hostContainer.isRequestScoped(token));
    }
    return this;
  }

  /** Binds, and works out the graph; its failures are left in it. */
  async planGraph(): Promise<this> {
    const { host = [], plugins, builtIns = new Map(), config } = this.setup;
    await this.hostContainer.bind(host);
    this.hostContainer.seal();
    for (const pluginClass of plugins) {
      const options = optionsOf(pluginClass);
      const { container } = await bindPlugin({
        pluginClass,
        options,
        usedClasses: [],
        config: { settings: { values: config, originOf: () => ({ text: 'the test' }) } },
        offeredByHost: (token) => this.hostContainer.has(token),
        onDisposalError: this.#noteError,
      });
      this.containers.set(options.name, container);
    }
    const offers = (need: ImportNeed): boolean =>
      builtIns.has(need.token) || this.hostContainer.answers(need);
    this.graph = buildGraph(
      plugins.map((pluginClass) => {
        const { name, exports = [], requires = {} } = optionsOf(pluginClass);
        const { needs, records } = this.container(name);
        return {
          name,
          exports,
          requires: Object.keys(requires),
          needs,
          bound: records.map(({ token }) => token),
        };
      }),
      { tokens: this.hostContainer.records.map(({ token }) => token), offers },
    );
    return this;
  }

  /** Plans, then starts every plugin, dependencies first. */
  async start(): Promise<this> {
    await this.plan();
    for (const name of this.graph.order) await this.startPlugin(name);
    return this;
  }

  async startPlugin(name: string): Promise<Generation> {
    const container = this.container(name);
    await supplyImports(container, {
      substitutes: new Map(),
      builtIn: (token) => this.setup.builtIns?.get(token),
      host: { container: this.hostContainer, lifecycle: this.hostLifecycle },
      exporter: (token) => this.containers.get(this.graph.exporters.get(token) ?? ''),
    });
    const limits = { startMs: 2_000, stopMs: 1_000, ...this.setup.limits };
    const generation = new Generation(name, 1, container, limits);
    this.generations.set(name, generation);
    await generation.start();
    return generation;
  }

  async stop(): Promise<readonly PluginError[]> {
    const faults: PluginError[] = [];
    for (const name of this.graph.order.toReversed()) {
      faults.push(...((await this.generations.get(name)?.stop()) ?? []));
    }
    return [...faults, ...(await this.hostLifecycle.stop())];
  }

  container(name: string): PluginContainer {
    const found = this.containers.get(name);
    if (!found) throw new Error(`no plugin ${name}`);
    return found;
  }

  get<T>(plugin: string, token: Token<T>): T {
    return this.container(plugin).container.get(token);
  }

  readonly #noteError = (error: unknown, name: string): void => {
    this.disposalErrors.push({ error, name });
  };
}

export async function startAll(setup: Setup): Promise<Bench> {
  return new Bench(setup).start();
}

/** The PluginError that `attempt` rejects with. */
export async function faultOf(attempt: Promise<unknown>): Promise<PluginError> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof PluginError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

export function failureOf(bench: Bench, name: string): PluginError {
  const failure = bench.graph.failures.get(name);
  if (!failure) throw new Error(`${name} did not fail`);
  return failure;
}

function optionsOf(pluginClass: Class): NonNullable<ReturnType<typeof pluginRecord>>['options'] {
  const record = pluginRecord(pluginClass);
  if (!record) throw new Error(`${pluginClass.name} is not a plugin`);
  return record.options;
}
