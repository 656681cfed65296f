import { deepEqual, equal, match, notEqual, throws } from 'node:assert/strict';
import { ContainerModule, inject, injectable, named, postConstruct, preDestroy } from 'inversify';
import type { Supply } from '#lib/container/plugin-container.js';
import { Plugin } from '#lib/plugin/decorator.js';
import { token, type Token } from '#lib/plugin/tokens.js';
import { Bench, faultOf, startAll } from '../support/containers.ts';

class Clock {}
const User = token<string>('user');

@injectable('Request')
class Basket {
  readonly items: string[] = [];
}

const requestModule = new ContainerModule(({ bind }) => {
  let made = 0;
  bind(User)
    .toDynamicValue(() => `user ${++made}`)
    .inRequestScope();
});

describe('a request-scoped service', () => {
  it('is made once for each request and shared by all that serves it', async () => {
    @injectable('Request')
    class First {
      constructor(
        readonly basket: Basket,
        readonly clock: Clock,
      ) {}
    }
    @injectable('Request')
    class Second {
      constructor(readonly basket: Basket) {}
    }
    @Plugin({ name: 'p', controllers: [First, Second], services: [Basket, Clock] })
    class P {
      constructor(readonly clock: Clock) {}
    }
    const bench = await startAll({ plugins: [P] });
    const container = bench.container('p');
    const [a, b] = [container.openRequestScope({}), container.openRequestScope({})];
    const first = await a.get(First);
    equal((await a.get(Second)).basket, first.basket);
    equal(await a.get(First), first);
    equal(first.clock, bench.get('p', P).clock);
    notEqual((await b.get(First)).basket, first.basket);
    equal(container.singleton(First), undefined);
    equal(container.singleton(P), bench.get('p', P));
  });

  it('is the same however often the scope of one request is opened', async () => {
    @Plugin({ name: 'p', services: [Basket] })
    class P {}
    const container = (await startAll({ plugins: [P] })).container('p');
    const request = {};
    const basket = await container.openRequestScope(request).get(Basket);
    equal(await container.openRequestScope(request).get(Basket), basket);
  });

  it('may be a dynamic value of a module', async () => {
    @injectable('Request')
    class Page {
      constructor(@inject(User) readonly user: string) {}
    }
    @Plugin({ name: 'p', controllers: [Page], services: [requestModule] })
    class P {}
    const container = (await startAll({ plugins: [P] })).container('p');
    const [a, b] = [container.openRequestScope({}), container.openRequestScope({})];
    const { user } = await a.get(Page);
    equal((await a.get(Page)).user, user);
    notEqual((await b.get(Page)).user, user);
  });

  it('cannot be had outside of a request', async () => {
    @Plugin({ name: 'p', services: [Basket] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    throws(() => bench.get('p', Basket));
  });

  it('is never captured by a singleton: every singleton is made at start, outside of requests', async () => {
    class Counter {
      static made = 0;
      constructor() {
        Counter.made++;
      }
    }
    @injectable('Request')
    class Page {
      constructor(@inject(Counter) readonly counter: Counter) {}
    }
    @Plugin({ name: 'p', controllers: [Page], services: [Counter] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    equal(Counter.made, 1);
    const page = await bench.container('p').openRequestScope({}).get(Page);
    equal(page.counter, bench.get('p', Counter));
    equal(Counter.made, 1);
  });

  it('may be made by transients, anew in each place and with what belongs to the request', async () => {
    @injectable('Transient')
    class Line {
      constructor(readonly basket: Basket) {}
    }
    @injectable('Request')
    class Page {
      constructor(
        readonly a: Line,
        readonly b: Line,
      ) {}
    }
    @Plugin({ name: 'p', services: [Basket, Line, Page] })
    class P {}
    const scope = (await startAll({ plugins: [P] })).container('p').openRequestScope({});
    const { a, b } = await scope.get(Page);
    notEqual(a, b);
    equal(a.basket, b.basket);
  });

  it('may stand beside a singleton of the same token and another name', async () => {
    const module = new ContainerModule(({ bind }) => {
      bind(User)
        .toDynamicValue(() => 'this one')
        .inRequestScope()
        .whenDefault();
      bind(User).toConstantValue('root').whenNamed('root');
    });
    @injectable('Request')
    class Page {
      constructor(
        @inject(User) readonly user: string,
        @inject(User) @named('root') readonly root: string,
      ) {}
    }
    @Plugin({ name: 'p', controllers: [Page], services: [module] })
    class P {
      constructor(@inject(User) @named('root') readonly root: string) {}
    }
    const scope = (await startAll({ plugins: [P] })).container('p').openRequestScope({});
    deepEqual({ ...(await scope.get(Page)) }, { user: 'this one', root: 'root' });
  });
});

describe('a request-scoped service of the host', () => {
  it('is one for each request, whoever asks, and goes after those who use it', async () => {
    const calls: string[] = [];
    @injectable('Request')
    class Client {
      @preDestroy() release(): void {
        calls.push('client');
      }
    }
    @injectable('Request')
    class UnitOfWork {
      constructor(readonly client: Client) {}
      @preDestroy() async rollBack(): Promise<void> {
        await Promise.resolve();
        calls.push('unit of work');
      }
    }
    @Plugin({ name: 'p', services: [UnitOfWork] })
    class P {}
    const bench = await startAll({ host: [Client], plugins: [P] });
    const container = bench.container('p');
    const request = {};
    const scope = container.openRequestScope(request);
    const unit = await scope.get(UnitOfWork);
    equal(await bench.hostContainer.openRequestScope(request).get(Client), unit.client);
    notEqual((await container.openRequestScope({}).get(UnitOfWork)).client, unit.client);
    await Promise.all([bench.hostContainer.openRequestScope(request).dispose(), scope.dispose()]);
    deepEqual(calls, ['unit of work', 'client']);
  });

  it('is given back when only the scope of the plugin is disposed of', async () => {
    let released = 0;
    @injectable('Request')
    class Client {
      @preDestroy() release(): void {
        released++;
      }
    }
    @injectable('Request')
    class Page {
      constructor(readonly client: Client) {}
    }
    @Plugin({ name: 'p', controllers: [Page] })
    class P {}
    const scope = (await startAll({ host: [Client], plugins: [P] })).container('p').openRequestScope({});
    await scope.get(Page);
    await scope.dispose();
    await scope.dispose();
    equal(released, 1);
  });

  it('is told apart by name', async () => {
    const host = new ContainerModule(({ bind }) => {
      bind(User)
        .toDynamicValue(() => 'plain')
        .inRequestScope()
        .whenDefault();
      bind(User)
        .toDynamicValue(async () => Promise.resolve('admin'))
        .inRequestScope()
        .whenNamed('admin');
    });
    @injectable('Request')
    class Page {
      constructor(
        @inject(User) readonly user: string,
        @inject(User) @named('admin') readonly admin: string,
      ) {}
    }
    @Plugin({ name: 'p', controllers: [Page] })
    class P {}
    const scope = (await startAll({ host: [host], plugins: [P] })).container('p').openRequestScope({});
    deepEqual({ ...(await scope.get(Page)) }, { user: 'plain', admin: 'admin' });
  });

  it('may hide behind a transient or an alias of the host', async () => {
    const Alias = token<Basket>('alias');
    @injectable('Transient')
    class Line {
      constructor(readonly basket: Basket) {}
    }
    const alias = new ContainerModule(({ bind }) => {
      bind(Alias).toService(Basket);
    });
    @injectable('Request')
    class Page {
      constructor(
        readonly line: Line,
        @inject(Alias) readonly basket: Basket,
      ) {}
    }
    @Plugin({ name: 'p', controllers: [Page] })
    class P {}
    const bench = await startAll({ host: [Basket, Line, alias], plugins: [P] });
    const page = await bench.container('p').openRequestScope({}).get(Page);
    equal(page.line.basket, page.basket);
    equal(bench.hostContainer.isRequestScoped(Alias), true);
  });

  it('may not be held by a singleton of a plugin', async () => {
    @Plugin({ name: 'p' })
    class P {
      constructor(readonly basket: Basket) {}
    }
    const { code, path, message } = await faultOf(startAll({ host: [Basket], plugins: [P] }));
    deepEqual([code, path], ['REQUEST_SCOPE', ['p', 'Basket']]);
    match(message, /Basket is made anew for each HTTP request, but "p" lives as long as the plugin/);
  });

  it('may be a controller that only its host binds', async () => {
    @injectable('Request')
    class Audit {
      use(): void {}
    }
    class Plain {
      use(): void {}
    }
    @Plugin({ name: 'p', middlewares: [Audit, Plain] })
    class P {}
    const bench = await startAll({ host: [Audit, Plain], plugins: [P] });
    const container = bench.container('p');
    equal(container.singleton(Audit), undefined);
    equal(container.singleton(Plain), bench.hostContainer.container.get(Plain));
    const request = {};
    equal(
      await container.openRequestScope(request).get(Audit),
      await bench.hostContainer.openRequestScope(request).get(Audit),
    );
  });
});

describe('what Plugboard itself gives once a request', () => {
  it('belongs to that request', async () => {
    class HttpRequest {
      constructor(readonly id: unknown) {}
    }
    const builtIns = new Map<Token, Supply>([
      [HttpRequest, { kind: 'request', make: (request) => new HttpRequest(request) }],
    ]);
    @injectable('Request')
    class Page {
      constructor(@inject(HttpRequest) readonly request: HttpRequest) {}
    }
    @Plugin({ name: 'p', controllers: [Page] })
    class P {}
    const bench = await startAll({ builtIns, plugins: [P] });
    const request = {};
    equal((await bench.container('p').openRequestScope(request).get(Page)).request.id, request);
  });
});

describe('a singleton that would hold a request', () => {
  it('is an error that names the path', async () => {
    class Cache {
      constructor(@inject(Basket) readonly basket: Basket) {}
    }
    @Plugin({ name: 'p', services: [Basket, Cache] })
    class P {
      constructor(@inject(Cache) readonly cache: Cache) {}
    }
    const { code, phase, path, message, fix } = await faultOf(startAll({ plugins: [P] }));
    deepEqual([code, phase, path], ['REQUEST_SCOPE', 'plan', ['p', 'Cache', 'Basket']]);
    match(message, /p → Cache → Basket.*Cache lives as long as the plugin/);
    match(fix, /@injectable\('Request'\) on Cache/);
  });

  it('is an error through a transient as well', async () => {
    @injectable('Transient')
    class Line {
      constructor(readonly basket: Basket) {}
    }
    class Cache {
      constructor(@inject(Line) readonly line: Line) {}
    }
    @Plugin({ name: 'p', services: [Basket, Cache, Line] })
    class P {}
    const { path } = await faultOf(startAll({ plugins: [P] }));
    deepEqual(path, ['p', 'Cache', 'Line', 'Basket']);
  });

  it('is an error where it is the plugin class or an export', async () => {
    @Plugin({ name: 'p' })
    @injectable('Request')
    class P {}
    const ofClass = await faultOf(startAll({ plugins: [P] }));
    deepEqual([ofClass.code, ofClass.path], ['REQUEST_SCOPE', ['p', 'P']]);
    match(ofClass.message, /a @Plugin class and what a plugin exports live as long as the plugin/);

    @Plugin({ name: 'q', services: [Basket], exports: [Basket] })
    class Q {}
    deepEqual((await faultOf(startAll({ plugins: [Q] }))).path, ['q', 'Basket']);

    @injectable('Transient')
    class Line {
      constructor(readonly basket: Basket) {}
    }
    @Plugin({ name: 'r', services: [Basket, Line], exports: [Line] })
    class R {}
    deepEqual((await faultOf(startAll({ plugins: [R] }))).path, ['r', 'Line', 'Basket']);
  });
});

describe('the end of a request', () => {
  it('disposes of each object once, dependants first, and tells the listener what fails', async () => {
    const calls: string[] = [];
    @injectable('Request')
    class Client {
      @preDestroy() end(): void {
        calls.push('client');
      }
    }
    @injectable('Request')
    class Store {
      constructor(readonly client: Client) {}
      @preDestroy() async end(): Promise<void> {
        await Promise.resolve();
        calls.push('store');
        throw new Error('was not stored');
      }
    }
    @injectable('Request')
    class Page {
      constructor(readonly store: Store) {}
      @preDestroy() end(): void {
        calls.push('page');
        throw new Error('no page');
      }
    }
    @injectable('Request')
    class Unused {
      @preDestroy() end(): void {
        calls.push('unused');
      }
    }
    // Bound in no helpful order.
    @Plugin({ name: 'p', services: [Store, Unused, Client, Page] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    const scope = bench.container('p').openRequestScope({});
    await scope.get(Page);
    await Promise.all([scope.dispose(), scope.dispose()]);
    await scope.dispose();
    deepEqual(calls, ['page', 'store', 'client']);
    deepEqual(
      bench.disposalErrors.map(({ name, error }) => [name, (error as Error).message]),
      [
        ['Page', 'no page'],
        ['Store', 'was not stored'],
      ],
    );
  });

  it('disposes of what was still being made when the client went', async () => {
    let released = 0;
    @injectable('Request')
    class Client {
      @postConstruct() async connect(): Promise<void> {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      @preDestroy() release(): void {
        released++;
      }
    }
    @Plugin({ name: 'p', services: [Client] })
    class P {}
    const scope = (await startAll({ plugins: [P] })).container('p').openRequestScope({});
    const client = scope.get(Client);
    await scope.dispose();
    equal(released, 1);
    await client;
  });

  it('leaves singletons alone, and does not grow what the plugin remembers', async () => {
    let ended = 0;
    @injectable()
    class Store {
      @preDestroy() end(): void {
        ended++;
      }
    }
    @injectable('Request')
    class Page {
      constructor(readonly store: Store) {}
    }
    @Plugin({ name: 'p', services: [Store, Page] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    const { length } = bench.container('p').created;
    const scope = bench.container('p').openRequestScope({});
    await scope.get(Page);
    await scope.dispose();
    deepEqual([ended, bench.container('p').created.length], [0, length]);
    await bench.stop();
    equal(ended, 1);
  });
});

describe('a substitute for a request-scoped service', () => {
  it('takes its place in and outside of requests', async () => {
    @Plugin({ name: 'p', services: [Basket] })
    class P {}
    const bench = await new Bench({ plugins: [P] }).planGraph();
    const mock = { items: ['mocked'] };
    const container = bench.container('p');
    container.replaceWith(Basket, mock);
    container.check(() => false);
    await bench.startPlugin('p');
    equal(bench.get('p', Basket), mock);
    equal(await container.openRequestScope({}).get(Basket), mock);
  });
});
