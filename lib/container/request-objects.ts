import { disposalTimeout, requestOver } from '../errors/container-errors.ts';
import type { Token } from '../plugin/tokens.ts';
import type { DisposalErrorListener, DisposalStep } from './disposal.ts';
import type { Injection } from './injections.ts';
import type { RequestScope } from './instances.ts';
import type { Resolver } from './resolver.ts';
import { withinLimit } from './time-limit.ts';

/** Gives one request its own instance of something that another container owns. */
export type RequestSupply = (request: object, asking: RequestObjects) => unknown;

/** Something that comes from elsewhere, once a request. */
export interface RequestImport extends Pick<Injection, 'token' | 'name' | 'tags'> {
  readonly supply: RequestSupply;
}

/** What every request of one container has in common. */
export interface RequestSettings {
  /** In messages: the plugin's name, or `host`. */
  readonly owner: string;
  /** For each `@preDestroy`, in ms. */
  readonly disposalMs: number;
  readonly onDisposalError: DisposalErrorListener;
}

/** The objects of one HTTP request: how they are asked for and disposed of, whoever makes them. */
export abstract class RequestObjects implements RequestScope {
  /** Most requests have none of these: they are made when the first is. */
  #pending: Set<Promise<unknown>> | undefined;
  /** Scopes of the same request in other containers: what they hold is used here, or uses what is here. */
  #owners: Set<RequestObjects> | undefined;
  #dependants: Set<RequestObjects> | undefined;
  #isEmpty = false;
  #emptied: Promise<void> | undefined;
  #disposed: Promise<void> | undefined;

  constructor(private readonly settings: RequestSettings) {}

  /** Makes what is asked for, or gives what was made before. */
  protected abstract make(token: Token, resolve: Resolver | undefined): unknown;

  /** A step for each object that is to be disposed of, dependants first. */
  protected abstract takeDisposal(): readonly DisposalStep[];

  /** @throws PluginError REQUEST_OVER after `dispose()`: nobody would dispose of what it made. */
  get<T>(type: Token<T>): T | Promise<T> {
    if (this.#disposed) throw requestOver(this.settings.owner, type);
    return this.#make(type, undefined) as T | Promise<T>;
  }

  /** Gets from the scope that another container has for the same request; that one is then disposed of after this one. */
  getFrom(owner: RequestObjects, token: Token, resolve: Resolver): unknown {
    (this.#owners ??= new Set()).add(owner);
    (owner.#dependants ??= new Set()).add(this);
    return owner.#make(token, resolve);
  }

  async dispose(): Promise<void> {
    this.#disposed ??= this.#disposeAll();
    return this.#disposed;
  }

  #make(token: Token, resolve: Resolver | undefined): unknown {
    if (this.#isEmpty) throw requestOver(this.settings.owner, token);
    const made = this.make(token, resolve);
    return made instanceof Promise ? this.#untilMade(made) : made;
  }

  /** Waits for it before the disposal, whoever else does or does not. */
  protected track(made: Promise<unknown>): void {
    this.#untilMade(made).catch(() => undefined);
  }

  async #untilMade(made: Promise<unknown>): Promise<unknown> {
    const pending = (this.#pending ??= new Set());
    pending.add(made);
    try {
      return await made;
    } finally {
      pending.delete(made);
    }
  }

  async #disposeAll(): Promise<void> {
    await this.#empty();
    if (this.#owners) await Promise.all([...this.#owners].map(async (owner) => owner.dispose()));
  }

  async #empty(): Promise<void> {
    this.#emptied ??= this.#emptyAfterDependants();
    return this.#emptied;
  }

  async #emptyAfterDependants(): Promise<void> {
    if (this.#dependants) {
      await Promise.all([...this.#dependants].map(async (dependant) => dependant.#empty()));
    }
    // The client may go while something is still being made: that is disposed of as well.
    const pending = this.#pending;
    if (pending?.size) {
      await this.#step('what is being made', async () => void (await Promise.allSettled(pending)));
    }
    this.#isEmpty = true;
    for (const { name, run } of this.takeDisposal()) await this.#step(name, run);
  }

  async #step(name: string, run: () => Promise<void>): Promise<void> {
    const { owner, disposalMs, onDisposalError } = this.settings;
    try {
      await withinLimit(disposalMs, () => disposalTimeout(owner, name, disposalMs), run);
    } catch (error) {
      onDisposalError(error, name);
    }
  }
}
