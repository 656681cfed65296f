// THE encapsulation file: what a plugin can see and touch of others is decided here and nowhere else.
//
//   host services ─┐                       ┌── a request's objects (HTTP request scope)
//                  ├──► gate ──► container ┤
//   exports of ────┘   (imports  (the      └── a request's objects
//   other plugins       only)     plugin's)
//
// The gate is a binding for each import, in the plugin's own container, which has no parent: so a plugin sees what
// it asked for and nothing else, no singleton of another owner is ever built out of this plugin's bindings, and
// `unbind` in here reaches nobody else's handlers. (As a container of its own it would be a third of what a small
// plugin keeps in memory.)
import type { PluginError } from '../errors/plugin-error.ts';
import type { Service } from '../plugin/options.ts';
import { tokenName, type Class, type Token } from '../plugin/tokens.ts';
import type { BindingRecord } from './binding-record.ts';
import { asksExactly } from './constraints.ts';
import type { DisposalErrorListener } from './disposal.ts';
import { importNeeds, ownPaths, type ImportNeed } from './import-needs.ts';
import type { Injection } from './injections.ts';
import { preflight, preflightFaults, type Preflight } from './preflight.ts';
import type { RequestSupply } from './request-objects.ts';
import { answersTo, dependenciesFirst } from './binding-graph.ts';
import { ServiceContainer } from './service-container.ts';

/** What a plugin binds and asks for. */
export interface PluginBindings {
  readonly name: string;
  readonly pluginClass: Class;
  readonly services: readonly Service[];
  /** Made by the host for this plugin alone: its configuration. */
  readonly values: readonly (readonly [Token, unknown])[];
  /** Controllers, middlewares and interceptors: bound to themselves unless `services` binds them. */
  readonly classes: readonly Class[];
  readonly exports: readonly Token[];
  /** Classes whose instances others get without importing them: wrappers, and what is contributed. */
  readonly shared: readonly Class[];
  readonly imports: readonly Token[];
  /** Tokens that the host binds: a class that it offers is not bound again. */
  readonly offeredByHost: (token: Token) => boolean;
  readonly onDisposalError: DisposalErrorListener;
}

/** How an import is answered. */
export type Supply =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'each'; readonly make: () => unknown }
  | { readonly kind: 'request'; readonly make: RequestSupply };

/** One binding and the way to it: `['billing', 'InvoiceStore']`. */
export interface Construction {
  readonly record: BindingRecord;
  readonly path: readonly string[];
}

export class PluginContainer extends ServiceContainer {
  #needs: readonly ImportNeed[] = [];

  private constructor(private readonly bindings: PluginBindings) {
    super(bindings.name, bindings.onDisposalError);
  }

  /**
   * Binds all that the plugin owns and reads what it must get from others. Constructs nothing.
   *
   * @throws PluginError METADATA_MISSING, INHERITED_CONSTRUCTOR
   */
  static async create(bindings: PluginBindings): Promise<PluginContainer> {
    const plugin = new PluginContainer(bindings);
    for (const [token, value] of bindings.values) plugin.replaceWith(token, value);
    await plugin.bind(bindings.services);
    plugin.bindSingleton(bindings.pluginClass);
    for (const type of bindings.classes) if (!bindings.offeredByHost(type)) plugin.bindClass(type);
    plugin.#readNeeds();
    return plugin;
  }

  /** What must come from the host or from other plugins, as constructors and `imports` say. */
  get needs(): readonly ImportNeed[] {
    return this.#needs;
  }

  /** What is to be constructed, dependencies first, so that whoever fails is named itself. */
  get constructions(): readonly Construction[] {
    const { name: plugin, pluginClass } = this.bindings;
    const paths = ownPaths({ plugin, pluginClass, records: this.records });
    return dependenciesFirst(this.records).map((record) => {
      const name = tokenName(record.token);
      const path =
        record.token === pluginClass ? [plugin, name] : (paths.get(record.token) ?? [plugin, name]);
      return { record, path };
    });
  }

  override replaceWith(token: Token, value: unknown): void {
    super.replaceWith(token, value);
    this.#readNeeds();
  }

  /**
   * Checks the scopes and cycles inside; to be called when it is known where each import comes from.
   *
   * @throws PluginError INNER_CYCLE, REQUEST_SCOPE, MULTI_IMPORT
   */
  check(isRequestScopedImport: (token: Token) => boolean): void {
    preflight(this.#preflight(isRequestScopedImport));
    this.seal();
  }

  /** All that `check` would find, and the container stays as it is. */
  faults(isRequestScopedImport: (token: Token) => boolean): Iterable<PluginError> {
    return preflightFaults(this.#preflight(isRequestScopedImport));
  }

  /** Answers one import, for exactly its token, name and tags. */
  supply(need: ImportNeed, supply: Supply): void {
    if (supply.kind === 'request') {
      this.supplyPerRequest(need.token, supply.make, need);
      return;
    }
    // Never a constant: inversify would run the owner's deactivation when this plugin unbinds the token.
    const value = supply.kind === 'value' ? () => supply.value : supply.make;
    this.container
      .bind(need.token)
      .toDynamicValue(value)
      .inTransientScope()
      .when((constraints) => asksExactly(constraints, need));
  }

  override knows(token: Token): boolean {
    return super.knows(token) || this.#needs.some((need) => need.token === token);
  }

  #preflight(isRequestScopedImport: (token: Token) => boolean): Preflight {
    const { name: plugin, pluginClass, exports, shared } = this.bindings;
    const { records, needs } = this;
    return { plugin, pluginClass, exports, shared, records, needs, isRequestScopedImport };
  }

  #readNeeds(): void {
    const { name: plugin, pluginClass, imports, classes, offeredByHost } = this.bindings;
    const offered = classes.filter((type) => offeredByHost(type));
    this.#needs = importNeeds({
      plugin,
      pluginClass,
      records: this.records,
      declared: [...imports, ...offered].filter((token) => !this.has(token)),
      isOwn: (injection) => this.#isOwn(injection),
    });
  }

  #isOwn(injection: Injection): boolean {
    return answersTo(this.records, injection).length > 0;
  }
}
