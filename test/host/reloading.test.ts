import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import { Get, JsonController } from 'routing-controllers';
import supertest from 'supertest';
import { deferred } from '../support/deferred.ts';
import { registrySizes } from '../support/registry-sizes.ts';
import { inject, optional } from 'inversify';
import { HostControl, Plugin, RequestSignal, type Class } from 'plugboard';
import { holding } from './holding.ts';
import {
  closeHosts,
  folderWith,
  happens,
  quietHost,
  removeFolders,
  serve,
  statusOf,
  type StartedApp,
} from './hosting.ts';

const greeter = (greeting: string, extra = ''): string => `
  import { Plugin } from 'plugboard';
  import { Get, JsonController } from 'routing-controllers';
  @Plugin({ name: 'greeter', version: '${greeting.length}.0.0' })
  @JsonController('/greet')
  export class Greeter {
    ${extra}
    @Get() greet() { return '${greeting}'; }
  }`;

async function serveGreeter(): Promise<
  StartedApp & { rewrite(text: string): Promise<void>; folder: string }
> {
  const folder = await folderWith({ 'greeter/index.ts': greeter('hello') });
  const app = await serve({ plugins: [folder] });
  return {
    ...app,
    folder,
    rewrite: async (text) => writeFile(join(folder, 'greeter/index.ts'), text),
  };
}

describe('a plugin that is reloaded', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('answers with its new code, and its status tells of the new generation', async () => {
    const { host, request, rewrite } = await serveGreeter();
    await request.get('/greet').expect(200, '"hello"');
    await rewrite(greeter('good day'));
    const status = await host.reload('greeter');
    deepEqual([status.state, status.generation, status.version], ['running', 2, '8.0.0']);
    await request.get('/greet').expect(200, '"good day"');
  });

  it('serves routes that are new, and no more those that are gone', async () => {
    const { host, request, rewrite } = await serveGreeter();
    await rewrite(greeter('hello').replace('@Get() greet', "@Get('/loudly') greet"));
    await host.reload('greeter');
    await request.get('/greet/loudly').expect(200);
    await request.get('/greet').expect(404);
  });

  for (const [what, text, code] of [
    ['does not compile', 'export class {', 'SYNTAX_ERROR'],
    ['throws when it starts', greeter('new', "onStart() { throw new Error('no disk'); }"), 'START_FAILED'],
    [
      'imports what nobody offers',
      greeter('new', 'constructor(readonly missing: Missing) {}').replace(
        '@Plugin',
        'class Missing {} @Plugin',
      ),
      'MISSING_IMPORT',
    ],
  ] as const) {
    it(`goes on as it was where its new code ${what}, with the failure beside`, async () => {
      const { host, request, rewrite } = await serveGreeter();
      await rewrite(text);
      const status = await host.reload('greeter');
      deepEqual(
        [status.state, status.generation, status.version, status.failure?.code],
        ['running', 1, '5.0.0', code],
      );
      await request.get('/greet').expect(200, '"hello"');
      await rewrite(greeter('mended'));
      equal((await host.reload('greeter')).failure, undefined);
      await request.get('/greet').expect(200, '"mended"');
    });
  }

  it('leaves nothing of new code that does not start', async () => {
    const { host, rewrite } = await serveGreeter();
    const before = registrySizes();
    for (const reload of ['overlap', 'exclusive']) {
      await rewrite(
        greeter('hi', "onStart() { throw new Error('no'); }").replace(
          '@Plugin({',
          `@Plugin({ reload: '${reload}',`,
        ),
      );
      equal((await host.reload('greeter')).failure?.code, 'START_FAILED');
    }
    deepEqual(registrySizes(), before);
  });

  it('runs at last where it was broken before', async () => {
    const folder = await folderWith({ 'broken-folder/index.ts': 'export class {' });
    const { host, request } = await serve({ plugins: [folder] });
    equal(statusOf(host, 'broken-folder').state, 'failed');
    await writeFile(join(folder, 'broken-folder/index.ts'), greeter('hello'));
    const status = await host.reload('broken-folder');
    deepEqual([status.name, status.state], ['greeter', 'running']);
    deepEqual(
      host.plugins.map(({ name }) => name),
      ['greeter'],
    );
    await request.get('/greet').expect(200);
  });

  it('runs at last where its folder had no code before', async () => {
    const folder = await folderWith({ 'greeter/notes.txt': '' });
    const { host, request } = await serve({ plugins: [folder] });
    equal(statusOf(host, 'greeter').failure?.code, 'NO_ENTRY');
    await writeFile(join(folder, 'greeter/index.ts'), greeter('hello'));
    equal((await host.reload('greeter')).state, 'running');
    await request.get('/greet').expect(200, '"hello"');
  });

  it('says that its folder is gone, and goes on', async () => {
    const { host, request, folder } = await serveGreeter();
    await rm(join(folder, 'greeter'), { recursive: true });
    const { state, failure } = await host.reload('greeter');
    equal(state, 'running');
    ok(failure);
    await request.get('/greet').expect(200);
  });

  it('takes another name along', async () => {
    const { host, request, rewrite } = await serveGreeter();
    await rewrite(greeter('hello').replace("name: 'greeter'", "name: 'welcomer'"));
    const status = await host.reload('greeter');
    deepEqual([status.name, status.state], ['welcomer', 'running']);
    equal(statusOf(host, 'greeter').state, 'stopped');
    await request.get('/greet').expect(200);
  });

  it('is reloaded as often as it is asked for, one after the other', async () => {
    const { host, request } = await serveGreeter();
    const all = await Promise.all([host.reload('greeter'), host.reload('greeter'), host.reload('greeter')]);
    deepEqual(
      all.map(({ generation }) => generation),
      [2, 3, 4],
    );
    await request.get('/greet').expect(200);
  });
});

describe('a request that is under way while its plugin is replaced', () => {
  afterEach(closeHosts);

  it('is answered by the old generation, which is stopped only then', async () => {
    const order: string[] = [];
    const old = holding('old', order);
    const { host, request } = await serve({ plugins: [old.type] });
    const answer = request.get('/holding').then(({ body }) => body as string);
    await old.entered;
    const next = holding('new');
    next.leave();
    const running = happens(host, 'plugin:running');
    const loaded = host.load(next.type);
    await running;
    await request.get('/holding').expect(200, '"new"');
    deepEqual(order, ['old starts']);
    old.leave();
    equal(await answer, 'old');
    await loaded;
    deepEqual(order, ['old starts', 'old stops']);
  });

  it('is told by its signal when it takes longer than drainMs', async () => {
    let aborted: unknown;
    const entered = deferred();
    @Plugin({ name: 'slow', timeouts: { drainMs: 20 } })
    @JsonController('/slow')
    class Slow {
      @Get() async answer(@RequestSignal() signal: AbortSignal): Promise<string> {
        entered.resolve();
        await once(signal, 'abort');
        aborted = signal.reason;
        return 'told';
      }
    }
    const { host, request } = await serve({ plugins: [Slow] });
    const answer = request.get('/slow').then(({ body }) => body as string);
    await entered.promise;
    await host.reload('slow');
    equal(await answer, 'told');
    match(String(aborted), /being stopped/);
  });
});

describe('a request that does not listen to its signal', () => {
  afterEach(closeHosts);

  it('is answered 503 by the host when its generation is stopped, and not by what it comes to later', async () => {
    const entered = deferred();
    const left = deferred();
    @Plugin({ name: 'slow', timeouts: { drainMs: 20 } })
    @JsonController('/slow')
    class Slow {
      @Get() async answer(): Promise<string> {
        entered.resolve();
        await left.promise;
        return 'too late';
      }
    }
    const { host, request } = await serve({ plugins: [Slow] });
    const answer = request.get('/slow').then(({ status, body }) => ({ status, body: body as unknown }));
    await entered.promise;
    await host.unload('slow');
    left.resolve();
    deepEqual(await answer, { status: 503, body: { plugin: 'slow', state: 'draining' } });
  });
});

describe('plugins that stand on one that is replaced', () => {
  afterEach(closeHosts);

  const order: string[] = [];
  abstract class Store {
    abstract read(): string;
  }
  function storePlugin(version: string, fault?: Error, reload?: 'exclusive'): Class {
    class MemoryStore extends Store {
      read(): string {
        return version;
      }
    }
    @Plugin({ name: 'store', version, services: [[Store, MemoryStore]], exports: [Store], reload })
    class StorePlugin {
      onStart(): void {
        if (fault) throw fault;
        order.push(`store ${version} starts`);
      }
      onStop(): void {
        order.push(`store ${version} stops`);
      }
    }
    return StorePlugin;
  }
  let shopFault: Error | undefined;
  @Plugin({ name: 'shop', requires: { store: '<3' } })
  @JsonController('/shop')
  class Shop {
    readonly version: string;
    constructor(private readonly store: Store) {
      this.version = store.read();
    }
    @Get() read(): string {
      return this.store.read();
    }
    onStart(): void {
      if (shopFault) throw shopFault;
      order.push(`shop on ${this.version} starts`);
    }
    onStop(): void {
      order.push(`shop on ${this.version} stops`);
    }
  }
  beforeEach(() => {
    order.length = 0;
    shopFault = undefined;
  });

  it('are built anew in the same step, and stopped before what they stood on', async () => {
    const { host, request } = await serve({ plugins: [storePlugin('1.0.0'), Shop] });
    await host.load(storePlugin('2.0.0'));
    await request.get('/shop').expect(200, '"2.0.0"');
    equal(statusOf(host, 'shop').generation, 2);
    deepEqual(order, [
      'store 1.0.0 starts',
      'shop on 1.0.0 starts',
      'store 2.0.0 starts',
      'shop on 2.0.0 starts',
      'shop on 1.0.0 stops',
      'store 1.0.0 stops',
    ]);
  });

  for (const [why, version, code] of [
    ['fails to start with it', '2.0.0', 'START_FAILED'],
    ['requires another version', '3.0.0', 'REQUIREMENT_UNMET'],
  ] as const) {
    it(`keep it as it is where one of them ${why}`, async () => {
      const { host, request } = await serve({ plugins: [storePlugin('1.0.0'), Shop] });
      if (code === 'START_FAILED') shopFault = new Error('no longer');
      const status = await host.load(storePlugin(version));
      deepEqual([status.state, status.version, status.generation], ['running', '1.0.0', 1]);
      equal(status.failure?.code, 'RELOAD_REFUSED');
      match(status.failure?.message ?? '', new RegExp(`"shop" could not be built with it \\(${code}`));
      const shop = statusOf(host, 'shop');
      deepEqual([shop.state, shop.generation, shop.failure?.code], ['running', 1, code]);
      await request.get('/shop').expect(200, '"1.0.0"');
      ok(!order.includes('store 1.0.0 stops'));
    });
  }

  it('are told of by their names, whatever else is broken', async () => {
    abstract class Nobodys {}
    @Plugin({ name: 'broken' })
    class Broken {
      constructor(readonly missing: Nobodys) {}
    }
    const { host } = await serve({ plugins: [Broken, storePlugin('1.0.0'), Shop] });
    shopFault = new Error('no longer');
    match(
      (await host.load(storePlugin('2.0.0'))).failure?.message ?? '',
      /"shop" could not be built with it/,
    );
  });

  it('have no fault where one that can not run twice does not start, and comes back with them', async () => {
    const { host, request } = await serve({ plugins: [storePlugin('1.0.0'), Shop] });
    const failures: string[] = [];
    host.on('plugin:failure', ({ plugin }) => failures.push(plugin));
    await host.load(storePlugin('2.0.0', new Error('no disk'), 'exclusive'));
    deepEqual([failures, statusOf(host, 'shop').failure], [['store'], undefined]);
    await request.get('/shop').expect(200, '"1.0.0"');
  });

  it('go on with the old one where the new one fails', async () => {
    const { host, request } = await serve({ plugins: [storePlugin('1.0.0'), Shop] });
    const { state, failure } = await host.load(storePlugin('2.0.0', new Error('no disk')));
    deepEqual([state, failure?.code], ['running', 'START_FAILED']);
    equal(statusOf(host, 'shop').failure, undefined);
    await request.get('/shop').expect(200, '"1.0.0"');
  });

  it('wait while it is unloaded, and come back with it', async () => {
    const { host, request } = await serve({ plugins: [storePlugin('1.0.0'), Shop] });
    const status = await host.unload('store');
    equal(status.state, 'stopped');
    equal(statusOf(host, 'shop').state, 'waiting');
    match(statusOf(host, 'shop').failure?.message ?? '', /"store" is not running/);
    const answer = await request.get('/shop').expect(503, { plugin: 'shop', state: 'waiting' });
    match(answer.get('Retry-After') ?? '', /^\d+$/);
    equal((await host.reload('store')).state, 'running');
    await request.get('/shop').expect(200, '"1.0.0"');
    deepEqual(order.slice(2, 4), ['shop on 1.0.0 stops', 'store 1.0.0 stops']);
  });

  it('start when what they miss is loaded for the first time', async () => {
    const { host, request } = await serve({ plugins: [Shop] });
    equal(statusOf(host, 'shop').state, 'failed');
    await host.load(storePlugin('1.0.0'));
    equal(statusOf(host, 'shop').state, 'running');
    await request.get('/shop').expect(200, '"1.0.0"');
  });
});

describe('a plugin with an optional import', () => {
  afterEach(closeHosts);

  abstract class Clock {
    abstract now(): string;
  }
  class NoonClock extends Clock {
    now(): string {
      return 'noon';
    }
  }
  @Plugin({ name: 'clock', services: [[Clock, NoonClock]], exports: [Clock] })
  class ClockPlugin {}

  function user(fault?: (clock: Clock | undefined) => void): Class {
    @Plugin({ name: 'user' })
    @JsonController('/time')
    class User {
      constructor(@inject(Clock) @optional() private readonly clock?: Clock) {}
      @Get() now(): string {
        return this.clock?.now() ?? 'unknown';
      }
      onStart(): void {
        fault?.(this.clock);
      }
    }
    return User;
  }

  it('is built anew when it appears, and when it goes', async () => {
    const { host, request } = await serve({ plugins: [user()] });
    await request.get('/time').expect(200, '"unknown"');
    await host.load(ClockPlugin);
    await request.get('/time').expect(200, '"noon"');
    await host.unload('clock');
    await request.get('/time').expect(200, '"unknown"');
    equal(statusOf(host, 'user').generation, 3);
  });

  it('shows no failure any more when what it could not be built with is gone', async () => {
    class Almanac {
      readonly year = 2_000;
    }
    @Plugin({ name: 'almanac', services: [Almanac], exports: [Almanac] })
    class AlmanacPlugin {
      constructor(
        readonly almanac: Almanac,
        @inject(Clock) @optional() readonly clock?: Clock,
      ) {}
    }
    @Plugin({ name: 'clock', services: [[Clock, NoonClock]], exports: [Clock] })
    class AlmanacClock {
      constructor(readonly almanac: Almanac) {}
    }
    const fault = (clock: Clock | undefined): void => {
      if (clock) throw new Error('not with a clock');
    };
    const { host } = await serve({ plugins: [AlmanacPlugin, user(fault)] });
    equal((await host.load(AlmanacClock)).failure?.code, 'DEPENDENCY_CYCLE');
    deepEqual(
      [statusOf(host, 'almanac').state, statusOf(host, 'almanac').failure?.code],
      ['running', 'DEPENDENCY_CYCLE'],
    );
    await host.unload('clock');
    deepEqual([statusOf(host, 'almanac').state, statusOf(host, 'almanac').failure], ['running', undefined]);
    await host.load(ClockPlugin);
    deepEqual(statusOf(host, 'user').failure?.code, 'START_FAILED');
    await host.unload('clock');
    deepEqual(statusOf(host, 'user').failure, undefined);
  });

  it('keeps a failure of its own when what it could not be built with is gone', async () => {
    const fault = (clock: Clock | undefined): void => {
      if (clock) throw new Error('not with a clock');
    };
    const { host } = await serve({ plugins: [user(fault)] });
    await host.load(ClockPlugin);
    @Plugin({ name: 'user' })
    class Broken {
      onStart(): void {
        throw new Error('never');
      }
    }
    match((await host.load(Broken)).failure?.message ?? '', /never/);
    await host.unload('clock');
    match(statusOf(host, 'user').failure?.message ?? '', /never/);
  });

  it('goes on without it where it can not start with it, and the other one runs', async () => {
    const fault = (clock: Clock | undefined): void => {
      if (clock) throw new Error('not with a clock');
    };
    const { host, request } = await serve({ plugins: [user(fault)] });
    equal((await host.load(ClockPlugin)).state, 'running');
    const { state, generation, failure } = statusOf(host, 'user');
    deepEqual([state, generation, failure?.code], ['running', 1, 'START_FAILED']);
    await request.get('/time').expect(200, '"unknown"');
  });
});

describe("a plugin with reload: 'exclusive'", () => {
  afterEach(closeHosts);

  let open = 0;
  const order: string[] = [];
  function writer(label: string, fault?: Error, gate?: Promise<void>): Class {
    @Plugin({ name: 'writer', reload: 'exclusive' })
    @JsonController('/writer')
    class Writer {
      async onStart(): Promise<void> {
        equal(open, 0, 'there are two writers');
        await gate;
        if (fault) throw fault;
        open += 1;
        order.push(`${label} starts`);
      }
      onStop(): void {
        open -= 1;
        order.push(`${label} stops`);
      }
      @Get() who(): string {
        return label;
      }
    }
    return Writer;
  }
  beforeEach(() => {
    open = 0;
    order.length = 0;
  });

  it('stops before its next generation starts, and its requests wait meanwhile', async () => {
    const { host, request } = await serve({ plugins: [writer('first')] });
    const gate = deferred();
    const starting = happens(host, 'plugin:starting');
    const loaded = host.load(writer('second', undefined, gate.promise));
    await starting;
    const answer = request.get('/writer').then(({ body }) => body as string);
    gate.resolve();
    equal((await loaded).state, 'running');
    equal(await answer, 'second');
    deepEqual(order, ['first starts', 'first stops', 'second starts']);
  });

  it('comes back as it was where the next one fails', async () => {
    const { host, request } = await serve({ plugins: [writer('first')] });
    const status = await host.load(writer('second', new Error('no port')));
    deepEqual([status.state, status.failure?.code], ['running', 'START_FAILED']);
    await request.get('/writer').expect(200, '"first"');
    deepEqual(order, ['first starts', 'first stops', 'first starts']);
  });
});

describe('loading a plugin into a running host', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  @Plugin({ name: 'late' })
  @JsonController('/late')
  class Late {
    @Get() answer(): string {
      return 'here';
    }
  }

  it('serves it at once', async () => {
    const { host, request } = await serve({ plugins: [] });
    await request.get('/late').expect(404);
    equal((await host.load(Late)).state, 'running');
    await request.get('/late').expect(200, '"here"');
  });

  it('gives one that is broken a row, and does not reject', async () => {
    const { host } = await serve({ plugins: [] });
    const { name, state, failure } = await host.load('./nowhere');
    deepEqual([name, state, failure?.code], ['nowhere', 'failed', 'SOURCE_NOT_FOUND']);
    equal(host.plugins.length, 1);
    await host.load('./nowhere');
    equal(host.plugins.length, 1);
  });

  it('runs one that was not there in the row that it has, whatever its name', async () => {
    const folder = await folderWith({});
    const { host } = await serve({ plugins: [] });
    equal((await host.load(join(folder, 'greeter'))).failure?.code, 'SOURCE_NOT_FOUND');
    await mkdir(join(folder, 'greeter'));
    await writeFile(join(folder, 'greeter/index.ts'), greeter('hello').replace("'greeter'", "'welcomer'"));
    await host.load(join(folder, 'greeter'));
    deepEqual(
      host.plugins.map(({ name, state }) => [name, state]),
      [['welcomer', 'running']],
    );
  });

  it('gives each of two broken ones a row, though they are called the same', async () => {
    const folder = await folderWith({ 'first/greeter.txt': '', 'second/greeter.txt': '' });
    const { host } = await serve({ plugins: [] });
    for (const place of ['first', 'second', 'first']) await host.load(join(folder, place, 'greeter.txt'));
    deepEqual(
      host.plugins.map(({ name, failure }) => [name, failure?.message.includes('first')]),
      [
        ['greeter', true],
        ['greeter', false],
      ],
    );
  });

  it('fails it where its route is taken', async () => {
    @Plugin({ name: 'rival' })
    @JsonController('/late')
    class Rival {
      @Get() answer(): string {
        return 'rival';
      }
    }
    const { host, request } = await serve({ plugins: [Late] });
    equal((await host.load(Rival)).failure?.code, 'ROUTE_TAKEN');
    await request.get('/late').expect(200, '"here"');
    await host.unload('late');
    equal(statusOf(host, 'rival').state, 'running');
    await request.get('/late').expect(200, '"rival"');
  });

  it('takes one at a time', async () => {
    const folder = await folderWith({ 'a/index.ts': greeter('a'), 'b/index.ts': greeter('b') });
    const { host } = await serve({ plugins: [] });
    await rejects(host.load(folder), { code: 'SEVERAL_PLUGINS', message: /has 2 plugins \(a, b\)/ });
  });

  it('is refused before the start and after the close, and for a name that nobody has', async () => {
    const host = quietHost({ plugins: [Late] });
    await rejects(host.load(Late), { code: 'HOST_NOT_STARTED' });
    await host.start();
    await rejects(host.reload('lat'), { code: 'UNKNOWN_PLUGIN', fix: /Did you mean "late"\?/ });
    await rejects(host.unload('other'), { code: 'UNKNOWN_PLUGIN' });
    await host.close();
    await rejects(host.load(Late), { code: 'HOST_CLOSED' });
  });

  it('is over before the host is closed, and so is the plugin', async () => {
    const folder = await folderWith({ 'greeter/index.ts': greeter('hello') });
    const { host } = await serve({ plugins: [] });
    const loading = host.load(join(folder, 'greeter'));
    await host.close();
    equal((await loading).state, 'running');
    equal(statusOf(host, 'greeter').state, 'stopped');
  });

  it('is refused to a plugin as well while the host is being closed', async () => {
    const gate = deferred();
    const asked = deferred();
    @Plugin({ name: 'operator' })
    @JsonController('/operator')
    class Operator {
      constructor(private readonly control: HostControl) {}
      @Get() async load(): Promise<string> {
        asked.resolve();
        await gate.promise;
        return this.control.load(Late).then(
          ({ state }) => state,
          ({ code }: { code: string }) => code,
        );
      }
    }
    const { host, request } = await serve({
      plugins: [Operator],
      settings: { operator: { grants: ['control'] } },
    });
    const answer = request.get('/operator').then(({ body }) => body as string);
    await asked.promise;
    const closed = host.close();
    await new Promise(setImmediate);
    gate.resolve();
    equal(await answer, 'HOST_CLOSED');
    await closed;
    deepEqual(
      host.plugins.map(({ name }) => name),
      ['operator'],
    );
  });

  it('leaves the routes of an unloaded one to the app', async () => {
    const { host, app, request } = await serve({ plugins: [Late] });
    app.get('/late', (_request, response) => void response.json('the app'));
    await request.get('/late').expect(200, '"here"');
    equal((await host.unload('late')).state, 'stopped');
    await request.get('/late').expect(200, '"the app"');
    await supertest(express().use(host.handler)).get('/late').expect(404);
  });
});
