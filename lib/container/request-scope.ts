import { Container } from 'inversify';
import type { Token } from '../plugin/tokens.ts';
import type { BindingRecord } from './binding-record.ts';
import { CreationLog, type DisposalErrorListener } from './disposal.ts';
import type { RequestScope } from './instances.ts';

/** Gives one request its own instance of something that another container owns. */
export type RequestSupply = (request: object) => unknown;

/** What every request of one container has in common. */
export interface RequestBindings {
  readonly records: readonly BindingRecord[];
  readonly supplies: ReadonlyMap<Token, RequestSupply>;
  readonly onDisposalError: DisposalErrorListener;
}

/** The objects of one HTTP request: a child container that lives as long as the request. */
export class RequestContainer implements RequestScope {
  readonly #container: Container;
  readonly #created = new CreationLog();
  readonly #bindings: readonly Pick<BindingRecord, 'token' | 'identifier'>[];
  #disposed: Promise<void> | undefined;

  constructor(
    parent: Container,
    private readonly shared: RequestBindings,
    request: object,
  ) {
    const { records, supplies } = shared;
    this.#container = new Container({ parent, defaultScope: 'Singleton' });
    this.#bindings = records.map((record) => ({
      token: record.token,
      identifier: record.bindAgain(this.#container),
    }));
    for (const token of new Set(records.map(({ token }) => token)))
      this.#created.watch(this.#container, token);
    for (const [token, supply] of supplies) {
      this.#container.bind(token).toDynamicValue(() => supply(request));
    }
  }

  async get<T>(type: Token<T>): Promise<T> {
    return this.#container.getAsync(type);
  }

  async dispose(): Promise<void> {
    this.#disposed ??= this.#disposeAll();
    return this.#disposed;
  }

  async #disposeAll(): Promise<void> {
    for (const { name, run } of this.#created.disposal(this.#container, this.#bindings)) {
      await run().catch((error: unknown) => {
        this.shared.onDisposalError(error, name);
      });
    }
  }
}
