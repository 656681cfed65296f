import { deepEqual, equal, match } from 'node:assert/strict';
import { injectable, postConstruct, preDestroy } from 'inversify';
import type { PluginError } from '#lib/errors/plugin-error.js';
import { Plugin } from '#lib/plugin/decorator.js';
import { faultOf, startAll } from '../support/containers.ts';

@injectable('Request')
class Basket {
  readonly items: string[] = [];
}

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

  it('refuses to make anything more, since nobody would dispose of it', async () => {
    @injectable('Request')
    class Page {
      constructor(readonly basket: Basket) {}
    }
    @Plugin({ name: 'p', controllers: [Page] })
    class P {}
    const bench = await startAll({ host: [Basket], plugins: [P] });
    const [request, other] = [{}, {}];
    const scope = bench.container('p').openRequestScope(request);
    await scope.dispose();
    const { code, phase, path, message } = await faultOf((async () => scope.get(Page))());
    deepEqual([code, phase, path], ['REQUEST_OVER', 'request', ['p', 'Page']]);
    match(message, /Page was asked for after its request had ended/);
    await bench.hostContainer.openRequestScope(other).dispose();
    deepEqual((await faultOf((async () => bench.container('p').openRequestScope(other).get(Page))())).path, [
      'host',
      'Basket',
    ]);
  });

  it('goes on after what does not end', async () => {
    const calls: string[] = [];
    @injectable('Request')
    class Client {
      @preDestroy() end(): void {
        calls.push('client');
      }
    }
    @injectable('Request')
    class Stuck {
      constructor(readonly client: Client) {}
      @preDestroy() async end(): Promise<void> {
        await new Promise<never>(() => undefined);
      }
    }
    @injectable('Request')
    class Unborn {
      @postConstruct() async begin(): Promise<void> {
        await new Promise<never>(() => undefined);
      }
    }
    @Plugin({ name: 'p', services: [Client, Stuck, Unborn] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    bench.container('p').requestDisposalMs = 10;
    const scope = bench.container('p').openRequestScope({});
    await scope.get(Stuck);
    void scope.get(Unborn);
    await scope.dispose();
    deepEqual(calls, ['client']);
    deepEqual(
      bench.disposalErrors.map(({ name, error }) => [name, (error as PluginError).code]),
      [
        ['what is being made', 'DISPOSAL_TIMEOUT'],
        ['Stuck', 'DISPOSAL_TIMEOUT'],
      ],
    );
    match(String(bench.disposalErrors[1]?.error), /Stuck was not disposed of within 10 ms/);
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
