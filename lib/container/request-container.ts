import { Container } from 'inversify';
import type { Token } from '../plugin/tokens.ts';
import type { BindingRecord } from './binding-record.ts';
import { asksExactly } from './constraints.ts';
import { CreationLog, type DisposalStep } from './disposal.ts';
import { RequestObjects, type RequestImport, type RequestSettings } from './request-objects.ts';
import type { Resolver } from './resolver.ts';

/** What a request's container is filled with. */
export interface RequestBindings extends RequestSettings {
  /** All that the container binds. */
  readonly records: readonly BindingRecord[];
  readonly imports: readonly RequestImport[];
}

/** The objects of one HTTP request in a child container that lives as long as the request: for whatever inversify can do. */
export class RequestContainer extends RequestObjects {
  readonly #container: Container;
  readonly #created = new CreationLog();
  readonly #identifiers = new Map<BindingRecord, ReturnType<BindingRecord['bindAgain']>>();

  constructor(
    private readonly parent: Container,
    private readonly shared: RequestBindings,
    request: object,
  ) {
    super(shared);
    this.#container = new Container({ parent, defaultScope: 'Singleton' });
    this.#bindOwn();
    for (const imported of shared.imports) this.#bindImport(imported, request);
  }

  protected override make(token: Token, resolve: Resolver | undefined): unknown {
    return resolve ? resolve(this.#container) : this.#container.getAsync(token);
  }

  protected override takeDisposal(): readonly DisposalStep[] {
    return this.#created.takeDisposal(this.#container, (record) => this.#identifiers.get(record));
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
