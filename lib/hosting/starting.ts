import type { PluginContainer, Supply } from '../container/plugin-container.ts';
import type { DependencyGraph } from '../container/dependency-graph.ts';
import { dependencyNotRunning, startTimeout } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { Token } from '../plugin/tokens.ts';
import { insideBoundary } from '../supervision/boundary.ts';
import { Generation } from '../supervision/generation.ts';
import { supplyImports } from '../supervision/import-supplier.ts';
import { inDependencyOrder } from '../supervision/start-order.ts';
import type { SupervisedPlugin } from '../supervision/supervised-plugin.ts';
import type { PlannedEntry } from './entry.ts';
import type { HostServices } from './host-services.ts';

/** What starting needs besides the plugins themselves. */
export interface Surroundings {
  readonly graph: DependencyGraph;
  readonly services: HostServices;
  /** Of any plugin of the host, also of one that can't be started. */
  row(name: string): SupervisedPlugin | undefined;
  builtIns(entry: PlannedEntry): ReadonlyMap<Token, Supply>;
  /** Puts the routes of a started generation in service. */
  mount(entry: PlannedEntry, generation: Generation): void;
  /** Told of what failed while a generation that never ran was disposed of. */
  onStopFaults(faults: readonly PluginError[]): void;
}

/** Starts every plugin as soon as its dependencies run; those whose dependency does not run wait. Never rejects. */
export async function startAll(entries: readonly PlannedEntry[], surroundings: Surroundings): Promise<void> {
  const byName = new Map(entries.map((entry) => [entry.row.name, entry]));
  const { order, dependencies } = surroundings.graph;
  await inDependencyOrder(
    order,
    (name) => (dependencies.get(name) ?? []).map(({ on }) => on),
    async (name) => {
      const entry = byName.get(name);
      if (entry?.row.state === 'discovered') await startOne(entry, byName, surroundings);
    },
  );
}

async function startOne(
  entry: PlannedEntry,
  all: ReadonlyMap<string, PlannedEntry>,
  surroundings: Surroundings,
): Promise<void> {
  const { row, settings, container } = entry;
  const chain = missingDependency(row.name, all, surroundings.graph);
  if (chain) {
    row.wait(dependencyNotRunning(row.name, chain, reasonFor(surroundings.row(chain.at(-1) ?? ''))));
    return;
  }
  row.on('start');
  const startedAt = new Date();
  const begin = performance.now();
  const { scope } = entry.loaded;
  const generation = new Generation(row.name, row.generationNumber, container, settings.timeouts, scope);
  try {
    await supply(entry, all, surroundings);
    await generation.start();
    await insideBoundary({ plugin: row.name, phase: 'mount' }, () => {
      surroundings.mount(entry, generation);
    });
    row.generation = generation;
    row.started(startedAt, performance.now() - begin);
  } catch (error) {
    row.fail(error as PluginError);
    surroundings.onStopFaults(await generation.stop());
  }
}

/** Gives a plugin its imports; an owner that never provides one keeps nobody else from starting. */
async function supply(
  entry: PlannedEntry,
  all: ReadonlyMap<string, PlannedEntry>,
  surroundings: Surroundings,
): Promise<void> {
  const { row, settings, container, substitutes } = entry;
  const { startMs } = settings.timeouts;
  const onTimeout = (): PluginError => startTimeout(row.name, 'its imports', startMs);
  await insideBoundary({ plugin: row.name, phase: 'start', limitMs: startMs, onTimeout }, () =>
    supplyImports(container, {
      substitutes,
      builtIns: surroundings.builtIns(entry),
      host: surroundings.services,
      exporter: (token) => exporterOf(token, all, surroundings.graph),
      scopeOf: (plugin) => all.get(plugin)?.loaded.scope,
    }),
  );
}

/** The way to the nearest plugin that is needed and does not run, or undefined where all run. */
function missingDependency(
  name: string,
  all: ReadonlyMap<string, PlannedEntry>,
  graph: DependencyGraph,
): readonly string[] | undefined {
  const missing = (graph.dependencies.get(name) ?? []).find(
    ({ on, optional }) => !optional && all.get(on)?.row.state !== 'running',
  );
  if (!missing) return undefined;
  const further =
    all.get(missing.on)?.row.state === 'waiting' ? missingDependency(missing.on, all, graph) : undefined;
  return [name, ...(further ?? [missing.on])];
}

function reasonFor(row: SupervisedPlugin | undefined): string {
  if (!row) return 'there is no such plugin';
  const { state, error } = row;
  return error ? `${state}: ${error.code}` : state;
}

function exporterOf(
  token: Token,
  all: ReadonlyMap<string, PlannedEntry>,
  graph: DependencyGraph,
): PluginContainer | undefined {
  const owner = all.get(graph.exporters.get(token) ?? '');
  return owner?.row.state === 'running' ? owner.container : undefined;
}
