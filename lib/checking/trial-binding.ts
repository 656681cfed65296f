import { bindAround, servingClasses, sharedClasses, type BindingRequest } from '../container/bind-plugin.ts';
import { readInjections } from '../container/injections.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { BoundEntry, Entry } from '../hosting/entry.ts';
import { bindingRequest, boundEntry, withinStart, type Binding } from '../hosting/binding.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import { createConfig } from '../services/config.ts';

/** A plugin's container, and all that keeps it from being filled as it is meant. */
export interface TrialBinding {
  /** undefined where it can't be filled at all. */
  readonly entry: BoundEntry | undefined;
  readonly faults: readonly PluginError[];
}

/**
 * Fills a plugin's container as a start does, and goes on where that gives up: something stands in for each class that can't
 * be read and for a configuration that is wrong, so that the rest can be looked at. Constructs nothing but the configuration.
 */
export async function bindOnTrial(entry: Entry, binding: Binding): Promise<TrialBinding> {
  const faults: PluginError[] = [];
  const note = (error: unknown): undefined => {
    faults.push(error as PluginError);
    return undefined;
  };
  const request = await withinStart(entry, () => bindingRequest(entry, binding)).catch(note);
  if (!request) return { entry: undefined, faults };
  if (entry.configuration.fault) note(entry.configuration.fault);
  const { name, config: type, services = [] } = request.options;
  await withinStart(entry, async () => {
    if (type) await createConfig(name, type, request.config);
  }).catch(note);
  const unreadable = new Set<Class>();
  for (const listed of classesOf(request)) {
    await withinStart(entry, () => {
      readInjections(listed, name);
    }).catch((error: unknown) => {
      unreadable.add(listed);
      note(error);
    });
  }
  const readable = services.filter((service) => !Array.isArray(service) || !unreadable.has(service[1]));
  const replaced = services.flatMap((service) => (readable.includes(service) ? [] : tokenOf(service)));
  const values = [...(type ? [type] : []), ...unreadable, ...replaced].map(
    (token) => [token, standIn] as const,
  );
  const options = { ...request.options, services: readable };
  const bound = await withinStart(entry, async () => bindAround(values, { ...request, options })).catch(note);
  return { entry: bound && boundEntry(entry, { container: bound, config: undefined }, binding), faults };
}

/** In the place of what could not be made. */
const standIn = Object.freeze({});

function tokenOf(service: unknown): Token[] {
  return Array.isArray(service) ? [service[0] as Token] : [];
}

function classesOf({ pluginClass, options, usedClasses }: BindingRequest): ReadonlySet<Class> {
  const services = (options.services ?? []).map(
    (service: unknown) => (Array.isArray(service) ? service[1] : service) as unknown,
  );
  const listed = services.filter((service): service is Class => typeof service === 'function');
  return new Set([
    pluginClass,
    ...servingClasses(options),
    ...usedClasses,
    ...sharedClasses(options),
    ...listed,
  ]);
}
