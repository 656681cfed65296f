import { Container } from 'inversify';
import { disposalTimeout, requestOver } from '../errors/container-errors.ts';
import type { Token } from '../plugin/tokens.ts';
import type { BindingRecord } from './binding-record.ts';
import { asksExactly } from './constraints.ts';
import { CreationLog, type DisposalErrorListener } from './disposal.ts';
import type { Injection } from './injections.ts';
import type { RequestScope } from './instances.ts';
import type { Resolver } from './resolver.ts';
import { withinLimit } from './time-limit.ts';

/** Gives one request its own instance of something that another container owns. */
export type RequestSupply = (request: object, asking: RequestContainer) => unknown;

/** Something that comes from elsewhere, once a request. */
export interface RequestImport extends Pick<Injection, 'token' | 'name' | 'tags'> {
  readonly supply: RequestSupply;
}

/** What every request of one container has in common. */
export interface RequestBindings {
  /** All that the container binds. */
  readonly records: readonly BindingRecord[];
  readonly imports: readonly RequestImport[];
  /** In messages: the plugin's name, or `host`. */
  readonly owner: string;
  /** For each `@preDestroy`, in ms. */
  readonly disposalMs: number;
  readonly onDisposalError: DisposalErrorListener;
}

/** The objects of one HTTP request: a child container that lives as long as the request. */
export class RequestContainer implements RequestScope {
  readonly #container: Container;
  readonly #created = new CreationLog();
  readonly #identifiers = new Map<BindingRecord, ReturnType<BindingRecord['bindAgain']>>();
  readonly #pending = new Set<Promise<unknown>>();
  /** Scopes of the same request in other containers: what they hold is used here, or uses what is here. */
  readonly #owners = new Set<RequestContainer>();
  readonly #dependants = new Set<RequestContainer>();
  #isEmpty = false;
  #emptied: Promise<void> | undefined;
  #disposed: Promise<void> | undefined;

  constructor(
    private readonly parent: Container,
    private readonly shared: RequestBindings,
    request: object,
  ) {
    this.#container = new Container({ parent, defaultScope: 'Singleton' });
    this.#bindOwn();
    for (const imported of shared.imports) this.#bindImport(imported, request);
  }

  /** @throws PluginError REQUEST_OVER after `dispose()`: nobody would dispose of what it made. */
  async get<T>(type: Token<T>): Promise<T> {
    if (this.#disposed) throw requestOver(this.shared.owner, type);
    return (await this.#make(type, (container) => container.getAsync(type))) as T;
  }

  #make(token: Token, resolve: Resolver): unknown {
    if (this.#isEmpty) throw requestOver(this.shared.owner, token);
    const made = resolve(this.#container);
    return made instanceof Promise ? this.#untilMade(made) : made;
  }

  async #untilMade(made: Promise<unknown>): Promise<unknown> {
    this.#pending.add(made);
    try {
      return await made;
    } finally {
      this.#pending.delete(made);
    }
  }

  /** Gets from the scope that another container has for the same request; that one is then disposed of after this one. */
  getFrom(owner: RequestContainer, token: Token, resolve: Resolver): unknown {
    this.#owners.add(owner);
    owner.#dependants.add(this);
    return owner.#make(token, resolve);
  }

  async dispose(): Promise<void> {
    this.#disposed ??= this.#disposeAll();
    return this.#disposed;
  }

  async #disposeAll(): Promise<void> {
    await this.#empty();
    await Promise.all([...this.#owners].map(async (owner) => owner.dispose()));
  }

  async #empty(): Promise<void> {
    this.#emptied ??= this.#emptyAfterDependants();
    return this.#emptied;
  }

  async #emptyAfterDependants(): Promise<void> {
    await Promise.all([...this.#dependants].map(async (dependant) => dependant.#empty()));
    // The client may go while something is still being made: that is disposed of as well.
    await this.#step('what is being made', async () => void (await Promise.allSettled(this.#pending)));
    this.#isEmpty = true;
    const steps = this.#created.takeDisposal(this.#container, (record) => this.#identifiers.get(record));
    for (const { name, run } of steps) await this.#step(name, run);
  }

  async #step(name: string, run: () => Promise<void>): Promise<void> {
    const { owner, disposalMs, onDisposalError } = this.shared;
    try {
      await withinLimit(disposalMs, () => disposalTimeout(owner, name, disposalMs), run);
    } catch (error) {
      onDisposalError(error, name);
    }
  }

  #bindOwn(): void {
    const requestScoped = this.shared.records.filter(({ scope }) => scope === 'Request');
    for (const record of requestScoped) {
      this.#identifiers.set(record, record.bindAgain(this.#container, this.#created.note));
    }
    // inversify asks a parent only where the child binds nothing at all to the token.
    const hidden = new Set([...requestScoped, ...this.shared.imports].map(({ token }) => token));
    const others = this.shared.records.filter(({ token, scope }) => hidden.has(token) && scope !== 'Request');
    for (const { token, name, tag } of others) {
      this.#container
        .bind(token)
        .toDynamicValue(async () => this.parent.getAsync(token, { name, tag }))
        .inTransientScope()
        .when((asked) => asksExactly(asked, { name, tags: new Map(tag && [[tag.key, tag.value]]) }));
    }
  }

  #bindImport(imported: RequestImport, request: object): void {
    this.#container
      .bind(imported.token)
      .toDynamicValue(() => imported.supply(request, this))
      .inSingletonScope()
      .when((asked) => asksExactly(asked, imported));
  }
}
