import {
  Container,
  ContainerModule,
  type BindToFluentSyntax,
  type ContainerModuleLoadOptions,
} from 'inversify';
import type { Service } from '../plugin/options.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import { BindingRecord, recorded, type BindingOwner } from './binding-record.ts';
import { CreationLog, type DisposalErrorListener, type DisposalStep } from './disposal.ts';
import type { Instances, RequestScope } from './instances.ts';
import { RequestContainer, type RequestSupply } from './request-scope.ts';

/** A container whose bindings are known without constructing anything, and whose disposal is ours to order. */
export class ServiceContainer implements Instances, BindingOwner {
  readonly container: Container;
  readonly records: BindingRecord[] = [];
  readonly #created = new CreationLog();
  readonly #requestSupplies = new Map<Token, RequestSupply>();
  #isSealed = false;
  readonly #requestScopes = new WeakMap<object, RequestContainer>();

  constructor(
    /** In messages: the plugin's name, or `host`. */
    readonly name: string,
    /** Told of what fails in a request's disposal: the answer is out by then. */
    private readonly onDisposalError: DisposalErrorListener,
    parent?: Container,
  ) {
    this.container = new Container({ parent, defaultScope: 'Singleton' });
  }

  /** Binds classes, pairs and modules. Nothing is constructed. */
  async bind(services: readonly Service[]): Promise<void> {
    for (const service of services) {
      if (service instanceof ContainerModule) await this.#load(service);
      else if (typeof service === 'function') this.bindClass(service);
      else this.#recordedBind(service[0]).to(service[1]);
    }
  }

  /** To be called once, when all is bound and before anything is constructed. */
  seal(): void {
    this.#isSealed = true;
    this.#takeOutRequestScoped();
    this.#watchCreation();
  }

  /** Binds a class to itself where nothing is bound to it yet. */
  bindClass(type: Class): void {
    if (!this.has(type)) this.#recordedBind(type).toSelf();
  }

  /** Binds what somebody else made, in place of what was bound before. */
  replaceWith(token: Token, value: unknown): void {
    for (const record of this.recordsOf(token)) this.#forget(record);
    this.#recordedBind(token).toConstantValue(value);
  }

  /** Lets request scopes of this container ask somebody else for `token`, once a request. */
  supplyPerRequest(token: Token, supply: RequestSupply): void {
    this.#requestSupplies.set(token, supply);
  }

  has(token: Token): boolean {
    return this.records.some((record) => record.token === token);
  }

  knows(token: Token): boolean {
    return this.has(token) || this.container.isBound(token) || this.#requestSupplies.has(token);
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

  /** One step a binding, dependants first: `@preDestroy` and deactivation handlers. */
  disposal(): readonly DisposalStep[] {
    return this.#created.disposal(this.container, this.records);
  }

  singleton<T>(type: Class<T>): T | undefined {
    const records = this.recordsOf(type);
    if (records.some(({ scope }) => scope !== 'Singleton') || this.#requestSupplies.has(type))
      return undefined;
    return this.container.get(type);
  }

  openRequestScope(request: object): RequestScope {
    const open = this.#requestScopes.get(request);
    if (open) return open;
    const requestScoped = this.records.filter(({ scope }) => scope === 'Request');
    const scope = new RequestContainer(
      this.container,
      { records: requestScoped, supplies: this.#requestSupplies, onDisposalError: this.onDisposalError },
      request,
    );
    this.#requestScopes.set(request, scope);
    return scope;
  }

  async #load(module: ContainerModule): Promise<void> {
    const load = async (options: ContainerModuleLoadOptions): Promise<void> => {
      await module.load({
        ...options,
        bind: <T>(token: Token) => this.#recorded(token, options.bind(token)) as BindToFluentSyntax<T>,
        rebind: <T>(token: Token) => {
          this.#forgetAll(token);
          return this.#recorded(token, options.rebind(token)) as BindToFluentSyntax<T>;
        },
        rebindAsync: async <T>(token: Token) => {
          this.#forgetAll(token);
          return this.#recorded(token, await options.rebindAsync(token)) as BindToFluentSyntax<T>;
        },
      } as ContainerModuleLoadOptions);
    };
    await this.container.loadAsync(new ContainerModule(load));
    this.#dropUnbound();
  }

  #recordedBind(token: Token): BindToFluentSyntax<unknown> {
    return this.#recorded(token, this.container.bind(token));
  }

  #recorded(token: Token, syntax: BindToFluentSyntax<unknown>): BindToFluentSyntax<unknown> {
    const record = new BindingRecord(token, this);
    this.records.push(record);
    return recorded(syntax, record);
  }

  // A request-scoped service is bound in the request's container only: else a singleton could capture it.
  #takeOutRequestScoped(): void {
    for (const { scope, identifier } of this.records) {
      if (scope === 'Request' && identifier) this.container.unbind(identifier);
    }
  }

  #watchCreation(): void {
    const watched = this.records.filter(({ constructs, scope }) => constructs && scope === 'Singleton');
    for (const token of new Set(watched.map(({ token }) => token)))
      this.#created.watch(this.container, token);
  }

  #forget(record: BindingRecord): void {
    this.records.splice(this.records.indexOf(record), 1);
    // What is request-scoped has been taken out when all is sealed, and not before.
    if (this.#isSealed && record.scope === 'Request') return;
    if (record.identifier) this.container.unbind(record.identifier);
    else this.container.unbind(record.token);
  }

  #forgetAll(token: Token): void {
    for (const record of this.recordsOf(token)) this.records.splice(this.records.indexOf(record), 1);
  }

  #dropUnbound(): void {
    const gone = this.records.filter((record) => !this.container.isCurrentBound(record.token, record));
    for (const record of gone) this.records.splice(this.records.indexOf(record), 1);
  }
}
