import { bindPlugin } from '../container/bind-plugin.ts';
import { buildGraph, type DependencyGraph } from '../container/dependency-graph.ts';
import type { DisposalErrorListener } from '../container/disposal.ts';
import type { ImportNeed } from '../container/import-needs.ts';
import { substituteImports, substituteOwn, type Substitute } from '../container/substitutes.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { usedClasses } from '../http/used-classes.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import { insideBoundary } from '../supervision/boundary.ts';
import type { BoundEntry, Entry } from './entry.ts';
import type { HostServices } from './host-services.ts';

export interface Binding {
  readonly services: HostServices;
  readonly substitute: Substitute;
  readonly onDisposalError: DisposalErrorListener;
}

/** Fills the containers of all plugins; one that can't be filled fails alone. Constructs nothing. */
export async function bindAll(entries: readonly Entry[], binding: Binding): Promise<readonly BoundEntry[]> {
  const bound: BoundEntry[] = [];
  for (const entry of entries) {
    await orFail(entry, async () => {
      bound.push(await bindOne(entry, binding));
    });
  }
  return bound;
}

async function bindOne(
  entry: Entry,
  { services, substitute, onDisposalError }: Binding,
): Promise<BoundEntry> {
  const { row, loaded, settings } = entry;
  const { pluginClass, options } = loaded;
  const controllers = [pluginClass, ...(options.controllers ?? [])];
  const container = await bindPlugin({
    pluginClass,
    options,
    usedClasses: usedClasses(controllers),
    config: settings.config,
    offeredByHost: (token) => services.container.has(token),
    onDisposalError,
  });
  substituteOwn(row.name, container, substitute);
  row.describe(container, (options.exports ?? []).map(tokenName));
  return { ...entry, container, substitutes: new Map() };
}

export interface Plan {
  readonly entries: readonly BoundEntry[];
  readonly graph: DependencyGraph;
}

/** Works out who needs whom; whoever has a fault fails. Those that are left are sound inside, too. */
export async function planAll(
  bound: readonly BoundEntry[],
  { services, substitute }: Binding,
): Promise<Plan> {
  const exporters = new Map(
    bound.flatMap(({ row, loaded }) =>
      (loaded.options.exports ?? []).map((token): [Token, string] => [token, row.name]),
    ),
  );
  const ownerOf = ({ token }: ImportNeed): string | undefined =>
    services.ownerOf(token) ?? exporters.get(token);
  const entries = bound.map((entry) => ({
    ...entry,
    substitutes: substituteImports(entry.row.name, entry.container.needs, ownerOf, substitute),
  }));
  const names = new Set(entries.map(({ row }) => row.name));
  const nodes = entries.map((entry) => toNode(entry, names));
  const graph = buildGraph(nodes, {
    tokens: services.container.records.map(({ token }) => token),
    offers: (need) =>
      services.ownerOf(need.token) !== undefined || entries.some(({ substitutes }) => substitutes.has(need)),
  });
  for (const entry of entries) {
    await orFail(entry, () => {
      const fault = graph.failures.get(entry.row.name);
      if (fault) throw fault;
      entry.container.check((token) => services.isRequestScoped(token));
    });
  }
  return { entries, graph };
}

function toNode(
  { row, loaded, container, substitutes }: BoundEntry,
  names: ReadonlySet<string>,
): Parameters<typeof buildGraph>[0][number] {
  const { exports = [], requires = {} } = loaded.options;
  // What stands in for an import stands in for the plugin that it would come from, too.
  const isRequired = (name: string): boolean =>
    name !== 'plugboard' && (names.has(name) || substitutes.size === 0);
  return {
    name: row.name,
    needs: container.needs,
    exports,
    bound: container.records.map(({ token }) => token),
    requires: Object.fromEntries(Object.entries(requires).filter(([name]) => isRequired(name))),
  };
}

/** Runs one step of the plan; a fault is this plugin's alone. */
async function orFail({ row }: Entry, step: () => void | Promise<void>): Promise<void> {
  await insideBoundary({ plugin: row.name, phase: 'plan' }, step).catch((error: unknown) => {
    row.fail(error as PluginError);
  });
}
