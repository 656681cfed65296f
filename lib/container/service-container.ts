import {
  Container,
  ContainerModule,
  type BindingIdentifier,
  type BindToFluentSyntax,
  type ContainerModuleLoadOptions,
} from 'inversify';
import { invalidService } from '../errors/container-errors.ts';
import type { Service } from '../plugin/options.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import { BindingRecord, recorded, type BindingOwner, type CreationListener } from './binding-record.ts';
import { CreationLog, type DisposalErrorListener, type DisposalStep } from './disposal.ts';
import type { Injection } from './injections.ts';
import type { Instances } from './instances.ts';
import { QuickRequestObjects } from './quick-request-objects.ts';
import { RequestContainer } from './request-container.ts';
import type { RequestImport, RequestObjects, RequestSupply } from './request-objects.ts';
import { compileRecipes, type Recipes } from './request-recipes.ts';
import { scopesOf } from './request-scopes.ts';
import { isMadePerRequest } from './scopes.ts';

/** A container whose bindings are known without constructing anything, and whose disposal is ours to order. */
export class ServiceContainer implements Instances, BindingOwner {
  readonly container = new Container({ defaultScope: 'Singleton' });
  readonly records: BindingRecord[] = [];
  /** For each `@preDestroy` at the end of a request, in ms. */
  requestDisposalMs = 5_000;
  readonly #created = new CreationLog();
  readonly #requestImports: RequestImport[] = [];
  /** With `onActivation` or `onDeactivation` of a module. */
  readonly #handled = new Set<Token>();
  /** null where only inversify can serve a request. */
  #recipes: Recipes | null | undefined;

  constructor(
    /** In messages: the plugin's name, or `host`. */
    readonly name: string,
    /** Told of what fails in a request's disposal: the answer is out by then. */
    private readonly onDisposalError: DisposalErrorListener,
  ) {}

  /**
   * Binds classes, pairs and modules. Nothing is constructed.
   *
   * @throws PluginError INVALID_SERVICE, METADATA_MISSING, INHERITED_CONSTRUCTOR
   */
  async bind(services: readonly Service[]): Promise<void> {
    for (const [index, service] of services.entries()) {
      if (typeof service === 'function') this.bindClass(service);
      else if (isPair(service)) this.#recordedBind(service[0]).to(service[1]);
      else if (isModule(service)) await this.#load(service);
      else throw invalidService(this.name, index, service);
    }
  }

  /** To be called once, when all is bound and before anything is constructed. */
  seal(): void {
    // A request-scoped service is bound in the request's container only: else a singleton could capture it.
    for (const { scope, identifier } of this.records) {
      if (scope === 'Request' && identifier) this.container.unbind(identifier);
    }
  }

  /** Binds a class to itself where nothing is bound to it yet. */
  bindClass(type: Class): void {
    if (!this.has(type)) this.#recordedBind(type).toSelf();
  }

  /** Binds a class to itself as a singleton, unless it is to be made for each HTTP request. */
  bindSingleton(type: Class): void {
    if (this.has(type)) return;
    const syntax = this.#recordedBind(type).toSelf();
    if (!this.isRequestScoped(type)) syntax.inSingletonScope();
  }

  /** Binds what somebody else made, in place of what was bound before. */
  replaceWith(token: Token, value: unknown): void {
    if (this.has(token)) this.container.unbind(token);
    this.#forget((record) => record.token === token);
    this.#recordedBind(token).toConstantValue(value);
  }

  /** Lets request scopes of this container ask somebody else for `token`, once a request. */
  supplyPerRequest(
    token: Token,
    supply: RequestSupply,
    asked: Pick<Injection, 'name' | 'tags'> = { name: undefined, tags: new Map() },
  ): void {
    this.#requestImports.push({ token, name: asked.name, tags: asked.tags, supply });
  }

  has(token: Token): boolean {
    return this.records.some((record) => record.token === token);
  }

  knows(token: Token): boolean {
    return this.has(token) || this.container.isBound(token) || this.#isImportedPerRequest(token);
  }

  /** Whether something here would be given to whoever asks so. */
  answers({ token, name, tags }: Pick<Injection, 'token' | 'name' | 'tags'>): boolean {
    return this.recordsOf(token).some((record) => record.answers({ name, tags }));
  }

  /** Whether `token` comes anew with each HTTP request, by its own scope or by what a transient one needs. */
  isRequestScoped(token: Token): boolean {
    return isMadePerRequest(this.records, token, (other) => this.#isImportedPerRequest(other));
  }

  recordsOf(token: Token): readonly BindingRecord[] {
    return this.records.filter((record) => record.token === token);
  }

  /** Constructs what `record` binds, if it is a singleton that can be asked for directly. */
  async construct(record: BindingRecord): Promise<void> {
    if (record.scope !== 'Singleton' || !record.reachable) return;
    await this.container.getAllAsync(record.token, { name: record.name, tag: record.tag });
  }

  /** What was constructed here, dependencies first. */
  get created(): readonly object[] {
    return this.#created.instances;
  }

  get noteCreation(): CreationListener {
    return this.#created.note;
  }

  /** One step a binding, dependants first: `@preDestroy` and deactivation handlers. Each step is given once. */
  takeDisposal(): readonly DisposalStep[] {
    return this.#created.takeDisposal(this.container, ({ identifier }) => identifier);
  }

  singleton<T>(type: Class<T>): T | undefined {
    const records = this.recordsOf(type);
    if (records.some(({ scope }) => scope !== 'Singleton') || this.#isImportedPerRequest(type))
      return undefined;
    return this.container.get(type);
  }

  openRequestScope(request: object): RequestObjects {
    const scopes = scopesOf(request);
    const open = scopes.get(this);
    if (open) return open;
    const { name: owner, container, records, requestDisposalMs: disposalMs, onDisposalError } = this;
    const imports = this.#requestImports;
    const settings = { owner, disposalMs, onDisposalError };
    if (this.#recipes === undefined) this.#recipes = this.#compileRecipes();
    const scope = this.#recipes
      ? new QuickRequestObjects(this.#recipes, settings, request)
      : new RequestContainer(container, { ...settings, records, imports }, request);
    scopes.set(this, scope);
    return scope;
  }

  #compileRecipes(): Recipes | null {
    const { name: owner, container, records } = this;
    const isRequestScoped = (token: Token): boolean => this.isRequestScoped(token);
    const isHandled = (token: Token): boolean => this.#handled.has(token);
    const source = { owner, container, records, imports: this.#requestImports, isRequestScoped, isHandled };
    return compileRecipes(source) ?? null;
  }

  async #load(module: ContainerModule): Promise<void> {
    const recordedModule = new ContainerModule(async (options) => {
      await module.load(this.#recordedOptions(options));
    });
    await this.container.loadAsync(recordedModule);
    this.#forget((record) => !record.isBound);
  }

  #recordedOptions(options: ContainerModuleLoadOptions): ContainerModuleLoadOptions {
    const forget = (what: Token | BindingIdentifier): void => {
      this.#forget(({ token, identifier }) => token === what || isSame(identifier, what));
    };
    const recordedOptions = {
      ...options,
      bind: (token: Token) => this.#recorded(token, options.bind(token)),
      onActivation: (...[token, handler]: Parameters<typeof options.onActivation>) => {
        this.#handled.add(token as Token);
        options.onActivation(token, handler);
      },
      onDeactivation: (...[token, handler]: Parameters<typeof options.onDeactivation>) => {
        this.#handled.add(token as Token);
        options.onDeactivation(token, handler);
      },
      rebind: (token: Token) => {
        forget(token);
        return this.#recorded(token, options.rebind(token));
      },
      rebindAsync: async (token: Token) => {
        forget(token);
        return this.#recorded(token, await options.rebindAsync(token));
      },
      unbind: (what: Token | BindingIdentifier) => {
        forget(what);
        options.unbind(what);
      },
      unbindAsync: async (what: Token | BindingIdentifier) => {
        forget(what);
        await options.unbindAsync(what);
      },
    };
    return recordedOptions as ContainerModuleLoadOptions;
  }

  #recordedBind(token: Token): BindToFluentSyntax<unknown> {
    return this.#recorded(token, this.container.bind(token));
  }

  #recorded(token: Token, syntax: BindToFluentSyntax<unknown>): BindToFluentSyntax<unknown> {
    const record = new BindingRecord(token, this);
    this.records.push(record);
    return recorded(syntax, record);
  }

  #forget(isGone: (record: BindingRecord) => boolean): void {
    for (const record of this.records.filter(isGone)) this.records.splice(this.records.indexOf(record), 1);
  }

  #isImportedPerRequest(token: Token): boolean {
    return this.#requestImports.some((supplied) => supplied.token === token);
  }
}

function isPair(service: Service): service is readonly [Token, Class] {
  const isComplete = Array.isArray(service) && service.length === 2;
  return isComplete && service[0] !== undefined && typeof service[1] === 'function';
}

// By its shape: it may come from another copy of inversify.
function isModule(service: Service | undefined): service is ContainerModule {
  return typeof service === 'object' && 'load' in service && typeof service.load === 'function';
}

function isSame(identifier: BindingIdentifier | undefined, what: Token | BindingIdentifier): boolean {
  return identifier !== undefined && typeof what === 'object' && identifier.id === what.id;
}
