import { bindPlugin, type BindingRequest, type BoundPlugin } from '../container/bind-plugin.ts';
import type { DisposalErrorListener } from '../container/disposal.ts';
import type { ImportNeed } from '../container/import-needs.ts';
import { substituteImports, substituteOwn, type Substitute } from '../container/substitutes.ts';
import { startTimeout } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { usedClasses } from '../http/used-classes.ts';
import { insideBoundary } from '../supervision/boundary.ts';
import type { BoundEntry, Entry } from './entry.ts';
import type { HostServices } from './host-services.ts';

export interface Binding {
  readonly services: HostServices;
  readonly substitute: Substitute;
  readonly onDisposalError: DisposalErrorListener;
}

/** Each plugin's container, filled, or what keeps it from being filled. */
export interface Bound {
  /** In the given order. */
  readonly entries: readonly BoundEntry[];
  readonly faults: ReadonlyMap<string, PluginError>;
}

/** Fills a container for each; one that can't be filled fails alone. Constructs nothing. */
export async function bindAll(entries: readonly Entry[], binding: Binding): Promise<Bound> {
  const faults = new Map<string, PluginError>();
  const bound = await Promise.all(
    entries.map(async (entry) =>
      withinStart(entry, async () => bindOne(entry, binding)).catch((error: unknown) => {
        faults.set(entry.row.name, error as PluginError);
      }),
    ),
  );
  return { entries: bound.filter((entry) => entry !== undefined), faults };
}

/** Lets substitutes answer what plugins import, when it is known who else would. */
export function substituteAll(
  entries: readonly BoundEntry[],
  exporters: ReadonlyMap<unknown, string>,
  { services, substitute }: Binding,
): readonly BoundEntry[] {
  const ownerOf = ({ token }: ImportNeed): string | undefined =>
    services.ownerOf(token) ?? exporters.get(token);
  return entries.map((entry) => ({
    ...entry,
    substitutes: substituteImports(entry.row.name, entry.container.needs, ownerOf, substitute),
  }));
}

/** Runs one step of the plan within the time that a start may take. */
export async function withinStart<T>({ row, settings }: Entry, step: () => T | Promise<T>): Promise<T> {
  const { startMs } = settings.timeouts;
  const onTimeout = (): PluginError => startTimeout(row.name, 'its services and configuration', startMs);
  return insideBoundary({ plugin: row.name, phase: 'plan', limitMs: startMs, onTimeout }, step);
}

async function bindOne(entry: Entry, binding: Binding): Promise<BoundEntry> {
  const { fault } = entry.configuration;
  if (fault) throw fault;
  return boundEntry(entry, await bindPlugin(bindingRequest(entry, binding)), binding);
}

export function bindingRequest(
  { loaded, configuration }: Entry,
  { services, onDisposalError }: Binding,
): BindingRequest {
  const { pluginClass, options, controllers } = loaded;
  return {
    pluginClass,
    options,
    usedClasses: usedClasses(controllers),
    config: configuration.config,
    offeredByHost: (token) => services.container.has(token),
    onDisposalError,
  };
}

/** Lets substitutes answer what the plugin binds itself. */
export function boundEntry(
  entry: Entry,
  { container, config }: BoundPlugin,
  { substitute }: Binding,
): BoundEntry {
  substituteOwn(entry.row.name, container, substitute);
  return { ...entry, container, config, substitutes: new Map() };
}
