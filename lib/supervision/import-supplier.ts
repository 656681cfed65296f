import type { ImportNeed } from '../container/import-needs.ts';
import type { PluginContainer, Supply } from '../container/plugin-container.ts';
import type { ServiceContainer } from '../container/service-container.ts';
import { supplyFrom } from '../container/supplies.ts';
import { importUnavailable } from '../errors/lifecycle-errors.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import { runFor, type PluginScope } from './escapes/plugin-scope.ts';
import type { Lifecycle } from './lifecycle.ts';

/** Somebody's wrapper of a service. */
export interface Decorator {
  readonly container: PluginContainer;
  readonly wrapper: Class;
}

/** Who may answer an import, in this order: a substitute, a built-in, a decorator, the host, another plugin. */
export interface ImportOwners {
  readonly substitutes: ReadonlyMap<ImportNeed, unknown>;
  /** The plugin's own view of what Plugboard itself offers. */
  builtIn(token: Token): Supply | undefined;
  /** The running plugin whose wrapper is given for `token`, and the wrapper. */
  decorator?(token: Token): Decorator | undefined;
  readonly host: {
    readonly container: ServiceContainer;
    readonly lifecycle: Lifecycle;
    /** Told of what a plugin gets, where it is one for all. */
    readonly onSupplied?: (service: unknown) => void;
  };
  /** The running plugin that exports `token`. */
  exporter(token: Token): PluginContainer | undefined;
  /** Of the plugin that exports; without it what is made there for another plugin is in no context. */
  scopeOf?(plugin: string): PluginScope | undefined;
}

/**
 * Fills the gate of one plugin; what is asynchronous has been awaited when it returns.
 * An optional import that nobody offers is left out.
 *
 * @throws PluginError IMPORT_UNAVAILABLE
 */
export async function supplyImports(container: PluginContainer, owners: ImportOwners): Promise<void> {
  for (const need of container.needs) {
    const supply = await findSupply(container.name, need, owners);
    if (supply) container.supply(need, supply);
  }
}

async function findSupply(
  plugin: string,
  need: ImportNeed,
  owners: ImportOwners,
): Promise<Supply | undefined> {
  const { substitutes, host } = owners;
  if (substitutes.has(need)) return { kind: 'value', value: substitutes.get(need) };
  const builtIn = owners.builtIn(need.token);
  if (builtIn) return builtIn;
  const isPlain = need.name === undefined && need.tags.size === 0;
  const decorator = isPlain ? owners.decorator?.(need.token) : undefined;
  if (decorator) {
    const { container, wrapper } = decorator;
    return supplied(plugin, need, `the plugin "${container.name}"`, async () =>
      madeBy(owners.scopeOf?.(container.name), async () =>
        supplyFrom(container, { ...need, token: wrapper }),
      ),
    );
  }
  if (host.container.answers(need)) {
    return supplied(plugin, need, 'the host', async () =>
      madeBy(undefined, async () => {
        const supply = await supplyFrom(host.container, need);
        await host.lifecycle.start();
        if (supply.kind === 'value') host.onSupplied?.(supply.value);
        return supply;
      }),
    );
  }
  const exporter = owners.exporter(need.token);
  if (!exporter || (need.optional && !exporter.answers(need))) return undefined;
  return supplied(plugin, need, `the plugin "${exporter.name}"`, async () =>
    madeBy(owners.scopeOf?.(exporter.name), async () => supplyFrom(exporter, need)),
  );
}

/** What the owner makes is the owner's, whoever asks for it, now and later: its timers are not the asking plugin's. */
async function madeBy(owner: PluginScope | undefined, supply: () => Promise<Supply>): Promise<Supply> {
  const made = await (owner ? owner.run(supply) : runFor(undefined, supply));
  if (made.kind === 'value') return made;
  if (made.kind === 'each') return { ...made, make: () => runFor(owner, made.make) };
  return { ...made, make: (request, asking) => runFor(owner, made.make, request, asking) };
}

async function supplied(
  plugin: string,
  need: ImportNeed,
  owner: string,
  supply: () => Promise<Supply>,
): Promise<Supply> {
  try {
    return await supply();
  } catch (error) {
    throw importUnavailable(plugin, need.path, owner, error);
  }
}
