import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { ContainerModule, injectable, preDestroy, postConstruct, inject } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import { HttpRequest, Logger, Plugin, PluginInfo, Plugins, token } from 'plugboard';
import { closeHosts, quietHost, serve, statusOf, type LogLine } from './hosting.ts';

const exportsFolder = fileURLToPath(new URL('../fixtures/host/exports', import.meta.url));
const events: string[] = [];

@injectable()
class Clock {
  onStart(): void {
    events.push('Clock.onStart');
  }
  onStop(): void {
    events.push('Clock.onStop');
  }
  @preDestroy() destroy(): void {
    events.push('Clock.preDestroy');
  }
  now(): string {
    return '12:00';
  }
}

@injectable()
class Store {
  constructor(readonly clock: Clock) {}
  @postConstruct() async connect(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    events.push('Store.postConstruct');
  }
  onStart(): void {
    events.push('Store.onStart');
  }
  onStop(): void {
    events.push('Store.onStop');
  }
  @preDestroy() async destroy(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    events.push('Store.preDestroy');
  }
}

@Plugin({ name: 'store', services: [Store], exports: [Store] })
class StorePlugin {
  constructor(readonly store: Store) {}
  async onStart(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    events.push('store.onStart');
  }
  onStop(): void {
    events.push('store.onStop');
  }
}

@Plugin({ name: 'shop' })
@JsonController('/shop')
class ShopPlugin {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}
  onStart(): void {
    events.push('shop.onStart');
  }
  async onStop(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    events.push('shop.onStop');
  }
  @preDestroy() destroy(): void {
    events.push('shop.preDestroy');
  }
  @Get() read(): unknown {
    return { now: this.clock.now(), same: this.store.clock === this.clock };
  }
}

describe('a host over its life', () => {
  afterEach(closeHosts);
  beforeEach(() => {
    events.length = 0;
  });

  it('starts dependencies first, whatever the order they are listed in, and stops dependants first, then its own services', async () => {
    const { host, request } = await serve({ plugins: [ShopPlugin, StorePlugin], services: [Clock] });
    deepEqual(events, [
      'Clock.onStart',
      'Store.postConstruct',
      'Store.onStart',
      'store.onStart',
      'shop.onStart',
    ]);
    await request.get('/shop').expect(200, { now: '12:00', same: true });
    events.length = 0;
    await host.close();
    deepEqual(events, [
      'shop.onStop',
      'shop.preDestroy',
      'store.onStop',
      'Store.onStop',
      'Store.preDestroy',
      'Clock.onStop',
      'Clock.preDestroy',
    ]);
    deepEqual(
      host.plugins.map(({ state }) => state),
      ['stopped', 'stopped'],
    );
    await request.get('/shop').expect(503);
  });

  it('serves the routes of a plugin only when all of it has started', async () => {
    let resolve = (): void => undefined;
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    @Plugin({ name: 'slow' })
    @JsonController('/slow')
    class SlowPlugin {
      onStart(): Promise<void> {
        return promise;
      }
      @Get() answer(): string {
        return 'ready';
      }
    }
    const host = quietHost({ plugins: [SlowPlugin] });
    const started = host.start();
    while (host.plugins[0]?.state !== 'starting') await new Promise((turn) => setImmediate(turn));
    equal(host.plugins[0]?.routes.length, 0);
    resolve();
    await started;
    equal(statusOf(host, 'slow').state, 'running');
    deepEqual(statusOf(host, 'slow').routes, [{ method: 'GET', path: '/slow', action: 'SlowPlugin.answer' }]);
  });

  it('starts once, however often it is asked, and closes once', async () => {
    const host = quietHost({ plugins: [StorePlugin], services: [Clock] });
    await Promise.all([host.start(), host.start()]);
    await host.start();
    equal(events.filter((event) => event === 'store.onStart').length, 1);
    await Promise.all([host.close(), host.close()]);
    await host[Symbol.asyncDispose]();
    equal(events.filter((event) => event === 'store.onStop').length, 1);
  });

  it('refuses to start after it was closed, whether it ran before or not', async () => {
    const fresh = quietHost({ plugins: [] });
    await fresh.close();
    await rejects(fresh.start(), { code: 'HOST_CLOSED' });
    const used = quietHost({ plugins: [] });
    await used.start();
    await used.close();
    await rejects(used.start(), { code: 'HOST_CLOSED' });
    await rejects(used.listen(0), { code: 'HOST_CLOSED' });
  });

  it('stops what has started when it is closed while it starts', async () => {
    const host = quietHost({ plugins: [ShopPlugin, StorePlugin], services: [Clock] });
    const started = host.start();
    await host.close();
    await started;
    equal(statusOf(host, 'store').state, 'stopped');
    ok(events.includes('store.onStop'));
  });

  it('goes on stopping when a plugin fails to stop, and tells of it', async () => {
    @Plugin({ name: 'stubborn', requires: { store: '*' } })
    class StubbornPlugin {
      onStop(): void {
        throw new Error('not now');
      }
    }
    const { host, logs } = await serve({ plugins: [StubbornPlugin, StorePlugin], services: [Clock] });
    await host.close();
    const { state, failure } = statusOf(host, 'stubborn');
    deepEqual([state, failure?.code, failure?.phase], ['failed', 'STOP_FAILED', 'stop']);
    equal(statusOf(host, 'store').state, 'stopped');
    ok(events.includes('Clock.onStop'));
    ok(logs.some(({ code, plugin }) => code === 'STOP_FAILED' && plugin === 'stubborn'));
  });

  it('gives up a stop that never ends', async () => {
    @Plugin({ name: 'stubborn', timeouts: { stopMs: 20 } })
    class StubbornPlugin {
      onStop(): Promise<void> {
        return new Promise(() => undefined);
      }
    }
    const { host } = await serve({ plugins: [StubbornPlugin] });
    await host.close();
    equal(statusOf(host, 'stubborn').failure?.code, 'STOP_TIMEOUT');
  });

  it('disposes of what a plugin had built when its start failed', async () => {
    @Plugin({ name: 'half', services: [Store] })
    class HalfPlugin {
      constructor(readonly store: Store) {}
      onStart(): void {
        throw new Error('half way');
      }
    }
    const { host } = await serve({ plugins: [HalfPlugin], services: [Clock] });
    equal(statusOf(host, 'half').state, 'failed');
    deepEqual(events.slice(-2), ['Store.onStop', 'Store.preDestroy']);
  });

  it('shares exports between folder plugins through their contract.ts', async () => {
    const { host, request } = await serve({ plugins: [exportsFolder] });
    await request.get('/reader').expect(200, ['from the store', 'hello']);
    deepEqual(statusOf(host, 'reader').imports, ['Store', 'e2e-greeter']);
    deepEqual(statusOf(host, 'store').exports, ['Store', 'e2e-greeter']);
  });

  it('provides host services that are made synchronously and asynchronously', async () => {
    const Url = token<string>('url');
    const Pool = token<{ readonly url: string }>('pool');
    const services = new ContainerModule(({ bind }) => {
      bind(Url).toConstantValue('db://here');
      bind(Pool).toDynamicValue(async (context) => Promise.resolve({ url: context.get(Url) as string }));
    });
    @Plugin({ name: 'user' })
    @JsonController('/user')
    class UserPlugin {
      constructor(
        @inject(Url) private readonly url: string,
        @inject(Pool) private readonly pool: { readonly url: string },
      ) {}
      @Get() read(): unknown {
        return [this.url, this.pool.url];
      }
    }
    const { host, request } = await serve({ plugins: [UserPlugin], services });
    await request.get('/user').expect(200, ['db://here', 'db://here']);
    equal(host.get(Pool).url, 'db://here');
  });

  it('does not start where something of its own can not be made', async () => {
    const broken = new ContainerModule(() => {
      throw new Error('no such module');
    });
    const host = quietHost({ plugins: [], services: broken });
    await rejects(host.start(), { code: 'HOST_SERVICE_FAILED', message: /no such module/ });
  });

  it('charges a host service that fails to whoever asks for it, and goes on', async () => {
    const Pool = token<object>('pool');
    const services = new ContainerModule(({ bind }) => {
      bind(Pool).toDynamicValue(() => Promise.reject(new Error('refused')));
    });
    @Plugin({ name: 'pool-user' })
    class PoolUser {
      constructor(@inject(Pool) readonly pool: object) {}
    }
    const { host } = await serve({ plugins: [PoolUser, StorePlugin], services });
    const { failure } = statusOf(host, 'pool-user');
    equal(failure?.code, 'IMPORT_UNAVAILABLE');
    match(failure?.message ?? '', /pool-user → pool: the host offers pool but could not provide it: refused/);
  });

  it('does not wait for ever for a host service that never comes', async () => {
    const Pool = token<object>('pool');
    const services = new ContainerModule(({ bind }) => {
      bind(Pool).toDynamicValue(() => new Promise<object>(() => undefined));
    });
    @Plugin({ name: 'pool-user', timeouts: { startMs: 20 } })
    class PoolUser {
      constructor(@inject(Pool) readonly pool: object) {}
    }
    const { host } = await serve({ plugins: [PoolUser], services });
    const { failure } = statusOf(host, 'pool-user');
    equal(failure?.code, 'START_TIMEOUT');
    match(failure?.message ?? '', /its imports/);
  });

  it('gives each plugin its own view of what Plugboard offers', async () => {
    @Plugin({ name: 'viewer', version: '1.2.3', description: 'Looks around', prefix: '/v' })
    @JsonController('/see')
    class ViewerPlugin {
      constructor(
        private readonly log: Logger,
        private readonly info: PluginInfo,
        private readonly plugins: Plugins,
      ) {}
      @Get() see(): unknown {
        this.log.info('looked', { at: 'everything' });
        const { name, version, description, baseUrl } = this.info;
        return [
          name,
          version,
          description,
          baseUrl,
          this.plugins.find('viewer')?.state,
          [...this.plugins].length,
        ];
      }
    }
    const { request, logs } = await serve({ plugins: [ViewerPlugin], prefix: '/api' });
    await request.get('/api/v/see').expect(200, ['viewer', '1.2.3', 'Looks around', '/api/v', 'running', 1]);
    deepEqual(
      logs.filter(({ plugin }) => plugin === 'viewer'),
      [{ level: 'info', message: 'looked', plugin: 'viewer', at: 'everything' }],
    );
  });

  it('warns of settings that belong to no plugin', async () => {
    const logs: LogLine[] = [];
    const host = quietHost({ plugins: [StorePlugin], services: [Clock], settings: { stroe: {} } }, logs);
    await host.start();
    const warning = logs.find(({ level }) => level === 'warn');
    match(warning?.message ?? '', /settings\['stroe'\] names no plugin of this host \(store\)/);
  });

  it('logs each plugin that does not run, with its code and the fix', async () => {
    @Plugin({ name: 'broken' })
    class BrokenPlugin {
      onStart(): void {
        throw new Error('no luck');
      }
    }
    const { logs } = await serve({ plugins: [BrokenPlugin] });
    const line = logs.find(({ plugin }) => plugin === 'broken');
    deepEqual([line?.level, line?.['code']], ['error', 'START_FAILED']);
    match(line?.message ?? '', /no luck/);
  });
});

describe('host.get', () => {
  afterEach(closeHosts);

  const Secret = token<string>('secret');
  @Plugin({
    name: 'keeper',
    services: [Store, new ContainerModule(({ bind }) => void bind(Secret).toConstantValue('xyz'))],
    exports: [Store],
  })
  class KeeperPlugin {
    constructor(@inject(Secret) readonly secret: string) {}
  }
  @Plugin({ name: 'idle' })
  class IdlePlugin {
    onStart(): void {
      throw new Error('no');
    }
  }

  it('gives a host service, an export, and with { plugin } what that plugin itself gets', async () => {
    const { host } = await serve({ plugins: [KeeperPlugin], services: [Clock] });
    ok(host.get(Clock) instanceof Clock);
    ok(host.get(Store) instanceof Store);
    equal(host.get(Store).clock, host.get(Clock));
    equal(host.get(Secret, { plugin: 'keeper' }), 'xyz');
    equal(host.get(Clock, { plugin: 'keeper' }), host.get(Clock));
    equal(host.get(KeeperPlugin, { plugin: 'keeper' }).secret, 'xyz');
  });

  it('refuses what nobody offers, what is private, and what does not run, and says which', async () => {
    const { host } = await serve({ plugins: [KeeperPlugin, IdlePlugin], services: [Clock] });
    const fails = (call: () => unknown, message: RegExp): void => {
      try {
        call();
      } catch (error) {
        equal((error as { code: string }).code, 'TOKEN_NOT_OFFERED');
        match((error as Error).message, message);
        return;
      }
      throw new Error('expected an error');
    };
    fails(() => host.get(Secret), /host\.get\(secret\): neither the host nor a running plugin offers it/);
    fails(() => host.get(Secret, { plugin: 'nobody' }), /there is no plugin "nobody" \(keeper, idle\)/);
    fails(() => host.get(IdlePlugin, { plugin: 'idle' }), /"idle" .*is failed/);
    await host.close();
    fails(() => host.get(Store), /"keeper" has it, but is stopped/);
    fails(() => host.get(Clock), /closed|not running/);
  });

  it('refuses before start', () => {
    const host = quietHost({ plugins: [KeeperPlugin], services: [Clock] });
    try {
      host.get(Clock);
      throw new Error('expected an error');
    } catch (error) {
      equal((error as { code: string }).code, 'TOKEN_NOT_OFFERED');
      match((error as Error).message, /not running|not started/);
    }
  });

  it('gives an asynchronous host service that no plugin has asked for', async () => {
    const Pool = token<string>('pool');
    const services = new ContainerModule(({ bind }) => {
      bind(Pool).toDynamicValue(async () => Promise.resolve('made'));
    });
    const { host } = await serve({ plugins: [], services });
    equal(host.get(Pool), 'made');
  });

  it('says why something that is offered could not be made', async () => {
    const Pool = token<string>('pool');
    const services = new ContainerModule(({ bind }) => {
      bind(Pool).toDynamicValue(() => {
        throw new Error('refused');
      });
    });
    const { host, logs } = await serve({ plugins: [StorePlugin], services });
    throws(() => host.get(Pool), { code: 'TOKEN_UNAVAILABLE', message: /host\.get\(pool\): .*refused/ });
    ok(logs.some(({ code, message }) => code === 'HOST_SERVICE_FAILED' && message.includes('refused')));
  });

  it('refuses what belongs to a request', async () => {
    @injectable('Request')
    class Draft {}
    @Plugin({ name: 'drafts', services: [Draft] })
    class DraftsPlugin {}
    const { host } = await serve({ plugins: [DraftsPlugin] });
    try {
      host.get(Draft, { plugin: 'drafts' });
      throw new Error('expected an error');
    } catch (error) {
      equal((error as { code: string }).code, 'TOKEN_NOT_OFFERED');
      match((error as Error).message, /request/);
    }
  });
});

describe('the services of a host', () => {
  it('are not exported by a plugin, Plugboard’s own neither', async () => {
    class LoudLogger extends Logger {
      trace(): void {}
      debug(): void {}
      info(): void {}
      warn(): void {}
      error(): void {}
    }
    @Plugin({ name: 'loud', services: [[Logger, LoudLogger]], exports: [Logger] })
    class LoudPlugin {}
    const { host } = await serve({ plugins: [LoudPlugin] });
    const { failure } = statusOf(host, 'loud');
    deepEqual([failure?.code, failure?.path], ['EXPORT_TAKEN', ['loud', 'Logger']]);
    await host.close();
  });

  it('may not keep what belongs to a request, and start() says so', async () => {
    @injectable()
    class Diary {
      constructor(readonly request: HttpRequest) {}
    }
    const host = quietHost({ plugins: [], services: [Diary] });
    await rejects(host.start(), {
      code: 'REQUEST_SCOPE',
      plugin: 'host',
      path: ['host', 'Diary', 'HttpRequest'],
    });
    await host.close();
  });
});
