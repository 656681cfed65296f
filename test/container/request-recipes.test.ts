import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import {
  ContainerModule,
  inject,
  injectable,
  multiInject,
  named,
  optional,
  tagged,
  postConstruct,
  preDestroy,
} from 'inversify';
import { QuickRequestObjects } from '#lib/container/quick-request-objects.js';
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

describe('whether a container makes the objects of a request by recipes', () => {
  const Zone = token<string>('zone');

  /** A request-scoped class that is injected as `decorate` says. */
  function asking(...decorate: readonly ParameterDecorator[]): Service {
    class Asking {
      constructor(readonly part: unknown) {}
    }
    for (const decorator of decorate) decorator(Asking, undefined, 0);
    injectable('Request')(Asking);
    return Asking;
  }

  function askingByProperty(...decorate: readonly PropertyDecorator[]): Service {
    class Asking {}
    for (const decorator of decorate) decorator(Asking.prototype, 'part');
    injectable('Request')(Asking);
    return Asking;
  }

  const bindings = (load: ConstructorParameters<typeof ContainerModule>[0]): Service =>
    new ContainerModule(load);
  const connection = inject(Connection) as ParameterDecorator;
  const ofClock = inject(Clock) as ParameterDecorator;
  const ofZone = inject(Zone) as ParameterDecorator;
  const transient = bindings(({ bind }) => void bind(Clock).toSelf().inTransientScope());
  const twoClocks = bindings(({ bind }) => {
    bind(Clock).toSelf();
    bind(Clock).to(class extends Clock {});
  });
  const namedZone = bindings(({ bind }) => void bind(Zone).toConstantValue('utc').whenNamed('utc'));
  const taggedZone = bindings(({ bind }) => void bind(Zone).toConstantValue('utc').whenTagged('at', 'sea'));

  const cases: readonly [
    sentence: string,
    isQuick: boolean,
    services: readonly Service[],
    host?: Service[],
  ][] = [
    ['does for one that has no parts', true, [Connection]],
    ['does where there is nothing to make', true, [Clock]],
    ['does for one that is given another', true, [Connection, asking(connection)]],
    ['does for one that is given a singleton', true, [Clock, asking(ofClock)]],
    ['does for one that is given what the host has', true, [asking(ofClock)], [Clock]],
    [
      'does for one that is given what there may be',
      true,
      [asking(ofZone, optional() as ParameterDecorator)],
    ],
    ['does for one with a property', true, [Clock, askingByProperty(inject(Clock) as PropertyDecorator)]],
    ['does not for one that is given a transient service', false, [transient, asking(ofClock)]],
    [
      'does not for a property with a transient service',
      false,
      [transient, askingByProperty(inject(Clock) as PropertyDecorator)],
    ],
    ['does not for a list', false, [Clock, asking(multiInject(Clock) as ParameterDecorator)]],
    ['does not for a name', false, [namedZone, asking(ofZone, named('utc') as ParameterDecorator)]],
    ['does not for a tag', false, [taggedZone, asking(ofZone, tagged('at', 'sea') as ParameterDecorator)]],
    [
      'does not for one of two bindings',
      false,
      [twoClocks, asking(multiInject(Clock) as ParameterDecorator, optional() as ParameterDecorator)],
    ],
    ['does not for a factory', false, [factory]],
    [
      'does not for one with a handler of its own',
      false,
      [
        bindings(
          ({ bind }) =>
            void bind(Connection)
              .toSelf()
              .onActivation((_context, made) => made),
        ),
      ],
    ],
    [
      'does not for one that only those get who ask by its name',
      false,
      [bindings(({ bind }) => void bind(Connection).toSelf().whenNamed('main'))],
    ],
    [
      'does not for one that only those get who ask by its tag',
      false,
      [bindings(({ bind }) => void bind(Connection).toSelf().whenTagged('at', 'sea'))],
    ],
    [
      'does not for one that only those get who ask by no name',
      false,
      [bindings(({ bind }) => void bind(Connection).toSelf().whenDefault())],
    ],
    [
      'does not for one that only particular classes get',
      false,
      [
        bindings(
          ({ bind }) =>
            void bind(Connection)
              .toSelf()
              .when(() => true),
        ),
      ],
    ],
    [
      'does not for a transient service that needs something of the request',
      false,
      [Connection, bindings(({ bind }) => void bind(Page).toSelf().inTransientScope()), Clock, Session],
    ],
    ['does not where one of many can be made by none', false, [Connection, factory, Clock]],
  ];

  for (const [sentence, isQuick, services, host = []] of cases) {
    it(sentence, async () => {
      @Plugin({ name: 'p', services })
      class P {}
      const container = (await startAll({ host, plugins: [P] })).container('p');
      equal(container.openRequestScope({}) instanceof QuickRequestObjects, isQuick);
    });
  }
});

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
