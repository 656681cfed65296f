import { bindPlugin } from '../container/bind-plugin.ts';
import { buildGraph, type DependencyGraph, type GraphNode } from '../container/dependency-graph.ts';
import type { DisposalErrorListener } from '../container/disposal.ts';
import type { ImportNeed } from '../container/import-needs.ts';
import { substituteImports, substituteOwn, type Substitute } from '../container/substitutes.ts';
import { dependencyNotRunning, startTimeout } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { usedClasses } from '../http/used-classes.ts';
import { checkRequirements, type Versioned } from '../plugin/requirements.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import { builtInTokens } from '../services/built-ins.ts';
import { insideBoundary } from '../supervision/boundary.ts';
import type { Absent, Admission } from './admission.ts';
import type { BoundEntry, Entry } from './entry.ts';
import type { HostServices } from './host-services.ts';
import { ownVersion } from './own-version.ts';

export interface Binding {
  readonly services: HostServices;
  readonly substitute: Substitute;
  readonly onDisposalError: DisposalErrorListener;
}

export interface Plan {
  readonly entries: readonly BoundEntry[];
  readonly graph: DependencyGraph;
}

/**
 * Fills the containers of all plugins and works out who needs whom. Whoever has a fault fails alone, and whoever needs
 * something of a plugin that is not there is to wait for it; those that are left are sound inside, too.
 */
export async function planAll(admission: Admission, binding: Binding): Promise<Plan> {
  const { services, substitute } = binding;
  const bound = await bindAll(admission.entries, binding);
  const absent = [...admission.absent, ...unbound(admission.entries, bound)];
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
  const substituted = new Set(entries.flatMap(({ substitutes }) => [...substitutes.keys()]));
  const graph = buildGraph([...entries.map(toNode), ...absent.map(toAbsentNode)], {
    tokens: [...builtInTokens, ...services.container.records.map(({ token }) => token)],
    offers: (need) => services.ownerOf(need.token) !== undefined || substituted.has(need),
  });
  const present = new Set(entries.map(({ row }) => row.name));
  const unmet = checkRequirements(
    entries.map((entry) => toVersioned(entry, present, absent)),
    ownVersion,
  );
  for (const entry of entries) {
    const { row, container } = entry;
    const fault = unmet.get(row.name) ?? graph.failures.get(row.name);
    const wait = fault && waitFor(entry, fault, admission.absent);
    if (wait) row.wait(wait);
    else if (fault) row.fail(fault);
    else await orFail(entry, () => container.check((token) => services.isRequestScoped(token)));
  }
  return { entries, graph };
}

/** One that can't be filled fails alone. Constructs nothing. */
async function bindAll(entries: readonly Entry[], binding: Binding): Promise<readonly BoundEntry[]> {
  const bound = await Promise.all(entries.map(async (entry) => orFail(entry, () => bindOne(entry, binding))));
  return bound.filter((entry) => entry !== undefined);
}

async function bindOne(
  entry: Entry,
  { services, substitute, onDisposalError }: Binding,
): Promise<BoundEntry> {
  const { row, loaded, settings } = entry;
  const { pluginClass, options, controllers } = loaded;
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

/** What a plugin misses may be of one that can't be loaded, where it imports that one's contract. */
function waitFor(
  { row, loaded }: Entry,
  { code, path = [row.name] }: PluginError,
  absent: readonly Absent[],
): PluginError | undefined {
  const owner = absent.find(({ name, error }) => error && loaded.contractsOf.includes(name));
  if (code !== 'MISSING_IMPORT' || !owner?.error) return undefined;
  return dependencyNotRunning(row.name, [...path, owner.name], `failed: ${owner.error.code}`);
}

function unbound(entries: readonly Entry[], bound: readonly BoundEntry[]): readonly Absent[] {
  const rows = new Set(bound.map(({ row }) => row));
  return entries
    .filter(({ row }) => !rows.has(row))
    .map(({ row, loaded }) => ({ name: row.name, exports: loaded.options.exports ?? [], error: undefined }));
}

// Last among the nodes: a plugin that is not there takes no export away from one that is.
function toAbsentNode(absent: Absent): GraphNode {
  const { name, exports, error } = absent;
  return { name, exports, needs: [], bound: exports, requires: [], isUnreadable: error !== undefined };
}

// Of a plugin that is not there the version may be unknown: who requires it waits for it, whatever it will be.
// And what stands in for an import stands in for the plugin that it would come from, too.
function toVersioned(
  { row, loaded, substitutes }: BoundEntry,
  present: ReadonlySet<string>,
  absent: readonly Absent[],
): Versioned {
  const requires = Object.entries(loaded.requires).filter(([name]) => {
    if (name === 'plugboard' || present.has(name)) return true;
    return substitutes.size === 0 && !absent.some((one) => one.name === name);
  });
  return { name: row.name, version: row.identity.version, requires: Object.fromEntries(requires) };
}

function toNode({ row, loaded, container }: BoundEntry): GraphNode {
  return {
    name: row.name,
    needs: container.needs,
    exports: loaded.options.exports ?? [],
    bound: container.records.map(({ token }) => token),
    requires: Object.keys(loaded.requires),
  };
}

/** Runs one step of the plan, within the time that a start may take; a fault is this plugin's alone. */
async function orFail<T>({ row, settings }: Entry, step: () => T | Promise<T>): Promise<T | undefined> {
  const { startMs } = settings.timeouts;
  const onTimeout = (): PluginError => startTimeout(row.name, 'its services and configuration', startMs);
  try {
    return await insideBoundary({ plugin: row.name, phase: 'plan', limitMs: startMs, onTimeout }, step);
  } catch (error) {
    row.fail(error as PluginError);
    return undefined;
  }
}
