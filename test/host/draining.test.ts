import type { Response } from 'express';
import { deepEqual, equal, ok } from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { Get, JsonController, Res } from 'routing-controllers';
import { Plugin, RequestSignal, type Class, type Host } from 'plugboard';
import { deferred } from '../support/deferred.ts';
import { holding, type Held } from './holding.ts';
import { closeHosts, happens, serve, statusOf } from './hosting.ts';

const order: string[] = [];

const soon = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('a plugin whose old generation still answers', () => {
  afterEach(closeHosts);
  beforeEach(() => {
    order.length = 0;
  });

  it('is changed again meanwhile, and each generation finishes what it has begun', async () => {
    const [first, second, third] = [
      holding('first', order),
      holding('second', order),
      holding('third', order),
    ];
    const { host, request } = await serve({ plugins: [first.type] });
    const ask = async (): Promise<string> => request.get('/holding').then(({ body }) => body as string);
    const ofFirst = ask();
    await first.entered;
    let running = happens(host, 'plugin:running');
    const loadedSecond = host.load(second.type);
    await running;
    const ofSecond = ask();
    await second.entered;
    running = happens(host, 'plugin:running');
    const loadedThird = host.load(third.type);
    await running;
    third.leave();
    equal(await ask(), 'third');
    deepEqual(order, ['first starts', 'second starts', 'third starts']);
    first.leave();
    second.leave();
    deepEqual(await Promise.all([ofFirst, ofSecond]), ['first', 'second']);
    const statuses = await Promise.all([loadedSecond, loadedThird]);
    deepEqual(
      statuses.map(({ generation }) => generation),
      [2, 3],
    );
    deepEqual(order.slice(3), ['first stops', 'second stops']);
  });

  it('comes back at once when it was unloaded, and who has unloaded it still waits for the old one', async () => {
    const old = holding('old', order);
    const { host, request } = await serve({ plugins: [old.type] });
    const answer = request.get('/holding').then(({ body }) => body as string);
    await old.entered;
    const draining = happens(host, 'plugin:draining');
    const unloaded = host.unload('holding').then(() => order.push('unloaded'));
    await draining;
    const next = holding('next', order);
    next.leave();
    const running = happens(host, 'plugin:running');
    const loaded = host.load(next.type).then(() => order.push('loaded'));
    await running;
    await request.get('/holding').expect(200, '"next"');
    await soon();
    deepEqual(order, ['old starts', 'next starts']);
    old.leave();
    equal(await answer, 'old');
    await Promise.all([unloaded, loaded]);
    deepEqual(order.slice(2).sort(), ['loaded', 'old stops', 'unloaded']);
    equal(statusOf(host, 'holding').state, 'running');
  });

  it('is gone for whoever unloads it once more', async () => {
    const old = holding('old', order);
    const { host, request } = await serve({ plugins: [old.type] });
    const answer = request.get('/holding').then(({ body }) => body as string);
    await old.entered;
    const draining = happens(host, 'plugin:draining');
    const first = host.unload('holding');
    await draining;
    const second = host.unload('holding');
    await soon();
    old.leave();
    await answer;
    deepEqual([(await first).state, (await second).state], ['stopped', 'stopped']);
  });

  it('does not start beside it where it can not run twice', async () => {
    const old = holding('old', order, 'exclusive');
    const { host, request } = await serve({ plugins: [old.type] });
    const answer = request.get('/holding').then(({ body }) => body as string);
    await old.entered;
    const draining = happens(host, 'plugin:draining');
    const unloaded = host.unload('holding');
    await draining;
    const loaded = host.load(holding('next', order, 'exclusive').type);
    await soon();
    deepEqual(order, ['old starts']);
    old.leave();
    equal(await answer, 'old');
    await Promise.all([unloaded, loaded]);
    deepEqual(order, ['old starts', 'old stops', 'next starts']);
  });

  it('is waited for when the host is closed', async () => {
    const old = holding('old', order);
    const { host, request } = await serve({ plugins: [old.type] });
    const answer = request.get('/holding').then(({ body }) => body as string);
    await old.entered;
    const running = happens(host, 'plugin:running');
    const loaded = host.load(holding('next', order).type);
    await running;
    const closed = host.close().then(() => order.push('closed'));
    await soon();
    old.leave();
    equal(await answer, 'old');
    await Promise.all([closed, loaded]);
    deepEqual(order, ['old starts', 'next starts', 'old stops', 'next stops', 'closed']);
  });
});

describe('a plugin that others still stand on', () => {
  afterEach(closeHosts);
  beforeEach(() => {
    order.length = 0;
  });

  abstract class Store {
    abstract read(): string;
  }
  class MemoryStore extends Store {
    isOpen = true;
    read(): string {
      return this.isOpen ? 'open' : 'closed';
    }
  }
  function storePlugin(label: string, reload?: 'exclusive'): Class {
    @Plugin({ name: 'store', services: [[Store, MemoryStore]], exports: [Store], reload })
    class StorePlugin {
      constructor(private readonly store: Store) {}
      onStop(): void {
        (this.store as MemoryStore).isOpen = false;
        order.push(`${label} stops`);
      }
    }
    return StorePlugin;
  }
  function shopPlugin(label: string): Held {
    const entered = deferred();
    const left = deferred();
    @Plugin({ name: 'shop' })
    @JsonController('/shop')
    class Shop {
      constructor(private readonly store: Store) {}
      @Get() async read(): Promise<string> {
        entered.resolve();
        await left.promise;
        return this.store.read();
      }
      onStop(): void {
        order.push(`${label} stops`);
      }
    }
    return { type: Shop, entered: entered.promise, leave: left.resolve };
  }

  for (const reload of [undefined, 'exclusive'] as const) {
    it(`is stopped after the generations that were replaced before it${reload ? ', where it can not run twice' : ''}`, async () => {
      const shop = shopPlugin('old shop');
      const { host, request } = await serve({ plugins: [storePlugin('old store', reload), shop.type] });
      const answer = request.get('/shop').then(({ body }) => body as string);
      await shop.entered;
      const running = happens(host, 'plugin:running');
      const changed = host.load(shopPlugin('shop').type);
      await running;
      const replaced = host.load(storePlugin('store', reload));
      await soon();
      shop.leave();
      equal(await answer, 'open');
      await Promise.all([changed, replaced]);
      deepEqual(order, ['old shop stops', 'shop stops', 'old store stops']);
    });
  }
});

describe('an event stream', () => {
  afterEach(closeHosts);

  @Plugin({ name: 'news' })
  @JsonController('/news')
  class NewsPlugin {
    @Get()
    async follow(@Res() response: Response, @RequestSignal() signal: AbortSignal): Promise<Response> {
      response.type('text/event-stream').write('data: hello\n\n');
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      return response.end();
    }
  }

  async function follow(): Promise<{ readonly host: Host; readonly ended: Promise<string> }> {
    const { host } = await serve({ plugins: [NewsPlugin] });
    const { port } = (await host.listen(0, '127.0.0.1')).address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/news`);
    return { host, ended: response.text() };
  }

  it('ends at once when its plugin is reloaded, for it would never finish', async () => {
    const { host, ended } = await follow();
    const started = performance.now();
    await host.reload('news');
    equal(await ended, 'data: hello\n\n');
    ok(performance.now() - started < 5_000);
  });

  it('ends at once when the host is closed', async () => {
    const { host, ended } = await follow();
    const started = performance.now();
    await host.close();
    equal(await ended, 'data: hello\n\n');
    ok(performance.now() - started < 5_000);
  });
});
