import { deepEqual, equal, match, notEqual, rejects } from 'node:assert/strict';
import { ContainerModule, inject, injectable, named, preDestroy } from 'inversify';
import type { Supply } from '#lib/container/plugin-container.js';
import { Plugin } from '#lib/plugin/decorator.js';
import { token, type Token } from '#lib/plugin/tokens.js';
import { faultOf, startAll } from '../support/containers.ts';

const User = token<string>('user');

@injectable('Request')
class Basket {
  readonly items: string[] = [];
}

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
    deepEqual(Object.assign({}, await scope.get(Page)), { user: 'plain', admin: 'admin' });
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

  it('may be asked for by a request-scoped factory, synchronously', async () => {
    const Size = token<number>('size');
    const module = new ContainerModule(({ bind }) => {
      bind(Size)
        .toDynamicValue((context) => context.get(Basket).items.length)
        .inRequestScope();
    });
    @Plugin({ name: 'p', services: [module], imports: [Basket] })
    class P {}
    const bench = await startAll({ host: [Basket], plugins: [P] });
    const request = {};
    (await bench.hostContainer.openRequestScope(request).get(Basket)).items.push('apple');
    equal(await bench.container('p').openRequestScope(request).get(Size), 1);
  });

  it('that cannot be made fails the request that asks for it, having been tried once', async () => {
    let tries = 0;
    @injectable('Request')
    class Client {
      constructor() {
        tries++;
        throw new Error('all borrowed');
      }
    }
    @injectable('Request')
    class Page {
      constructor(readonly client: Client) {}
    }
    @Plugin({ name: 'p', controllers: [Page] })
    class P {}
    const bench = await startAll({ host: [Client], plugins: [P] });
    const scope = bench.container('p').openRequestScope({});
    await rejects(async () => scope.get(Page), /all borrowed/);
    equal(tries, 1);
    await scope.dispose();
    deepEqual(bench.disposalErrors, []);
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
