import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { ContainerModule, inject, injectable, optional, postConstruct, preDestroy } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import type { Service } from '#lib/plugin/options.js';
import { token } from '#lib/plugin/tokens.js';
import { startAll } from '../support/containers.ts';

const Absent = token<string>('absent');
const events: string[] = [];

class Clock {
  now = 12;
}

@injectable('Request')
class Connection {
  @postConstruct() open(): void {
    events.push('open');
  }
  @preDestroy() close(): void {
    events.push('close');
  }
}

@injectable('Request')
class Session {
  user = '';
  constructor(readonly connection: Connection) {}
  @postConstruct() async load(): Promise<void> {
    await Promise.resolve();
    this.user = 'ada';
  }
  @preDestroy() async save(): Promise<void> {
    await Promise.resolve();
    events.push('save');
  }
}

class Base {
  @inject(Clock) readonly clock!: Clock;
}

@injectable('Request')
class Page extends Base {
  @inject(Session) readonly session!: Session;
  constructor(
    readonly connection: Connection,
    @inject(Absent) @optional() readonly absent?: string,
  ) {
    super();
  }
}

@injectable('Request')
class Broken {
  @postConstruct() fail(): void {
    throw new Error('no luck');
  }
}

const services: readonly Service[] = [Clock, Connection, Session, Page, Broken];

/** A factory, which no recipe can tell: all of the container is then left to inversify. */
const factory = new ContainerModule(({ bind }) => {
  bind(token<number>('made'))
    .toDynamicValue(() => 1)
    .inRequestScope();
});

for (const [how, more] of [
  ['by recipes', []],
  ['by inversify', [factory]],
] as const) {
  describe(`the objects of a request, made ${how}`, () => {
    const open = async () => {
      events.length = 0;
      @Plugin({ name: 'p', services: [...services, ...more] })
      class P {
        constructor(readonly clock: Clock) {}
      }
      const bench = await startAll({ plugins: [P] });
      return { container: bench.container('p'), plugin: bench.get('p', P) };
    };

    it('are shared in the request, complete, and given what is injected into properties', async () => {
      const { container, plugin } = await open();
      const scope = container.openRequestScope({});
      const page = await scope.get(Page);
      ok(page instanceof Page);
      equal(page.clock, plugin.clock);
      equal(page.session.user, 'ada');
      equal(page.session.connection, page.connection);
      equal(page.absent, undefined);
      equal(await scope.get(Page), page);
      equal(await scope.get(Clock), plugin.clock);
      notEqual((await container.openRequestScope({}).get(Page)).connection, page.connection);
    });

    it('are disposed of once, dependants first', async () => {
      const { container } = await open();
      const scope = container.openRequestScope({});
      await scope.get(Page);
      await Promise.all([scope.dispose(), scope.dispose()]);
      deepEqual(events, ['open', 'save', 'close']);
    });

    it('are made once when they are asked for twice at the same time', async () => {
      const { container } = await open();
      const scope = container.openRequestScope({});
      const [one, other] = await Promise.all([scope.get(Session), scope.get(Session)]);
      equal(one, other);
      deepEqual(events, ['open']);
    });

    it('fail by the name of the method that has failed', async () => {
      const { container } = await open();
      const scope = container.openRequestScope({});
      const error = await (async () => scope.get(Broken))().catch((thrown: unknown) => thrown as Error);
      match((error as Error).message, /calling "fail" @postConstruct decorated method on class "Broken"/);
      equal(((error as Error).cause as Error).message, 'no luck');
      await scope.dispose();
    });
  });
}

describe('a container that has no recipes', () => {
  it('does not make what it imports more often than it is asked for', async () => {
    let made = 0;
    @injectable('Transient')
    class Ticket {
      constructor() {
        made++;
      }
    }
    @injectable('Request')
    class Asker {
      constructor(readonly ticket: Ticket) {}
    }
    @Plugin({ name: 'p', services: [Asker, factory] })
    class P {}
    const container = (await startAll({ host: [Ticket], plugins: [P] })).container('p');
    const ask = async (): Promise<unknown> => container.openRequestScope({}).get(Asker);
    await ask();
    const before = made;
    await ask();
    await ask();
    equal(made, before + 2);
  });
});

describe('a handler of a module', () => {
  it('is told of a request-scoped service that is a plain class', async () => {
    const told: string[] = [];
    const module = new ContainerModule(({ bind, onActivation }) => {
      bind(Connection).toSelf();
      onActivation(Connection, (_context, connection: Connection) => {
        told.push('activated');
        return connection;
      });
    });
    @Plugin({ name: 'p', services: [module] })
    class P {}
    const container = (await startAll({ plugins: [P] })).container('p');
    await container.openRequestScope({}).get(Connection);
    deepEqual(told, ['activated']);
  });
});
