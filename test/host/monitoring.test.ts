import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import {
  Get,
  HttpCode,
  InternalServerError,
  JsonController,
  Param,
  Res,
  UseBefore,
} from 'routing-controllers';
import { Logger, Monitor, Plugin, type AnsweredRequest, type Host, type LoggedLine } from 'plugboard';
import { deferred } from '../support/deferred.ts';
import { closeHosts, folderWith, quietHost, removeFolders, serve, statusOf } from './hosting.ts';

let gate = deferred();
let arrived = deferred();

@Plugin({ name: 'shop', version: '1.0.0', prefix: 'shop', supervise: { concurrency: 1 } })
@JsonController('/items')
class ShopPlugin {
  constructor(private readonly log: Logger) {}

  @Get('/slow')
  async slow(): Promise<string> {
    arrived.resolve();
    await gate.promise;
    return 'at last';
  }

  @Get('/broken')
  broken(): never {
    throw new InternalServerError('out of stock');
  }

  @Get('/raw')
  async raw(@Res() response: Response): Promise<Response> {
    response.write('half');
    arrived.resolve();
    await gate.promise;
    return response;
  }

  @Get('/:id')
  @HttpCode(201)
  one(@Param('id') id: string): string {
    this.log.info('asked for', { id });
    return id;
  }
}

@Plugin({ name: 'shy' })
@JsonController('/shy')
class ShyPlugin {
  @Get()
  @UseBefore((_request: unknown, _response: unknown, next: (way: string) => void) => next('route'))
  hello(): string {
    return 'hello';
  }
}

/** What a host tells from now on. */
function requestsOf(host: Host): AnsweredRequest[] {
  const answered: AnsweredRequest[] = [];
  host.monitor.onRequest((request) => answered.push(request));
  return answered;
}

/** The next request that is told of. */
async function nextRequest({ monitor }: Pick<Host, 'monitor'>): Promise<AnsweredRequest> {
  return new Promise((resolve) => {
    const stop = monitor.onRequest((request) => {
      stop();
      resolve(request);
    });
  });
}

describe('who listens to the requests of a host', () => {
  beforeEach(() => {
    gate = deferred();
    arrived = deferred();
  });
  afterEach(async () => {
    gate.resolve();
    await closeHosts();
    await removeFolders();
  });

  it('hears of each answer: whose, which route, what was answered, how long it took', async () => {
    const { host, request } = await serve({ plugins: [ShopPlugin], prefix: 'api' });
    const answered = requestsOf(host);
    await request.get('/api/shop/items/7?token=secret').set('X-Request-Id', 'r1').expect(201);
    const [first] = answered;
    const { ms = 0, bytes = 0, ...rest } = first ?? {};
    deepEqual(rest, {
      plugin: 'shop',
      generation: 1,
      method: 'GET',
      route: '/api/shop/items/:id',
      path: '/api/shop/items/7',
      status: 201,
      aborted: false,
      requestId: 'r1',
    });
    ok(ms > 0 && ms < 5_000, `${ms} ms`);
    ok(bytes > 100 && bytes < 1_000, `${bytes} bytes`);
  });

  it('hears of errors with the id that is in the answer and in the log', async () => {
    const { host, request, logs } = await serve({ plugins: [ShopPlugin] });
    const answered = requestsOf(host);
    const { body } = await request.get('/shop/items/broken').expect(500);
    const { requestId } = body as { requestId: string };
    deepEqual(
      answered.map(({ status, requestId: id }) => [status, id]),
      [[500, requestId]],
    );
    equal(logs.find(({ level }) => level === 'error')?.['requestId'], requestId);
  });

  it('hears of an asynchronous answer when it is complete, and sees it in flight until then', async () => {
    const { host, request } = await serve({ plugins: [ShopPlugin] });
    const answered = requestsOf(host);
    const asked = request.get('/shop/items/slow').then(({ status }) => status);
    await arrived.promise;
    equal(host.monitor.inFlight('shop'), 1);
    equal(host.monitor.inFlight('nobody'), 0);
    deepEqual(host.monitor.inFlightByRoute('shop'), [{ method: 'GET', route: '/shop/items/slow', count: 1 }]);
    deepEqual(host.monitor.inFlightByRoute('nobody'), []);
    equal(answered.length, 0);
    gate.resolve();
    equal(await asked, 200);
    deepEqual(
      answered.map(({ status, route }) => `${status} ${route}`),
      ['200 /shop/items/slow'],
    );
    equal(host.monitor.inFlight('shop'), 0);
    deepEqual(host.monitor.inFlightByRoute('shop'), []);
  });

  it('sees those of an old generation in flight with those of the new one', async () => {
    const { host, request } = await serve({ plugins: [ShopPlugin] });
    const first = request.get('/shop/items/slow').then(({ status }) => status);
    await arrived.promise;
    arrived = deferred();
    const running = new Promise((resolve) => {
      host.on('plugin:running', resolve);
    });
    const reloaded = host.reload('shop');
    await running;
    const second = request.get('/shop/items/slow').then(({ status }) => status);
    await arrived.promise;
    deepEqual(host.monitor.inFlightByRoute('shop'), [{ method: 'GET', route: '/shop/items/slow', count: 2 }]);
    gate.resolve();
    deepEqual(await Promise.all([first, second]), [200, 200]);
    await reloaded;
  });

  it('hears of those that a busy plugin has refused', async () => {
    const { host, request } = await serve({ plugins: [ShopPlugin] });
    const answered = requestsOf(host);
    const asked = request.get('/shop/items/slow').then(({ status }) => status);
    await arrived.promise;
    await request.get('/shop/items/7').expect(503);
    deepEqual(
      answered.map(({ status, route }) => `${status} ${route}`),
      ['503 /shop/items/:id'],
    );
    gate.resolve();
    await asked;
  });

  it('hears of a client that has gone before its answer, as 499', async () => {
    const host = quietHost({ plugins: [ShopPlugin] });
    const server = await host.listen(0);
    const told = nextRequest(host);
    const asked = get({ port: (server.address() as AddressInfo).port, path: '/shop/items/slow' });
    asked.on('error', () => undefined);
    await arrived.promise;
    asked.destroy();
    const { status, aborted } = await told;
    deepEqual([status, aborted], [499, true]);
  });

  it('hears of a client that has gone in the midst of its answer, with the status that it was sent', async () => {
    const host = quietHost({ plugins: [ShopPlugin] });
    const server = await host.listen(0);
    const told = nextRequest(host);
    const asked = get({ port: (server.address() as AddressInfo).port, path: '/shop/items/raw' });
    asked.on('error', () => undefined);
    await once(asked, 'response');
    asked.destroy();
    const { status, aborted } = await told;
    deepEqual([status, aborted], [200, true]);
  });

  it('hears of requests to a plugin that does not run, with generation 0', async () => {
    @Plugin({ name: 'broken', supervise: { intensity: 0 } })
    @JsonController('/broken')
    class BrokenPlugin {
      @Get() hello(): string {
        return 'hello';
      }
      onStart(): void {
        throw new Error('no disk');
      }
    }
    const { host, request } = await serve({ plugins: [BrokenPlugin] });
    equal(statusOf(host, 'broken').state, 'quarantined');
    const answered = requestsOf(host);
    await request.get('/broken').expect(503);
    deepEqual(
      answered.map(({ plugin, generation, status }) => [plugin, generation, status]),
      [['broken', 0, 503]],
    );
  });

  it('hears of what the host answers by itself: of no plugin, and with one name for all paths', async () => {
    const host = quietHost({ plugins: [ShopPlugin], methodNotAllowed: true, cors: true });
    const server = await host.listen(0, '127.0.0.1');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const answered = requestsOf(host);
    const ask = async (method: string, path: string, headers: Record<string, string> = {}): Promise<void> => {
      const told = nextRequest(host);
      await (await fetch(base + path, { method, headers })).text();
      await told;
    };
    await ask('GET', '/elsewhere/7?token=secret');
    await ask('PUT', '/shop/items/7');
    await ask('GET', '/shop/items/%zz');
    await ask('OPTIONS', '/shop/items/7', {
      'access-control-request-method': 'GET',
      origin: 'http://a.example',
    });
    deepEqual(
      answered.map(({ plugin, generation, method, route, path, status }) => [
        plugin ?? '-',
        generation,
        method,
        route,
        path,
        status,
      ]),
      [
        ['-', 0, 'GET', 'unmatched', '/elsewhere/7', 404],
        ['-', 0, 'PUT', 'unmatched', '/shop/items/7', 405],
        ['-', 0, 'GET', 'unmatched', '/shop/items/%zz', 400],
        ['-', 0, 'OPTIONS', 'unmatched', '/shop/items/7', 204],
      ],
    );
  });

  it('hears of OPTIONS that the host answers, and of its 503 when it is closed, in an app, too', async () => {
    const { host, request } = await serve({ plugins: [ShopPlugin] });
    const answered = requestsOf(host);
    await request.options('/shop/items/7').expect(200);
    await host.close();
    await request.get('/shop/items/7').expect(503);
    deepEqual(
      answered.map(({ plugin, route, status }) => [plugin, route, status]),
      [
        [undefined, 'unmatched', 200],
        [undefined, 'unmatched', 503],
      ],
    );
  });

  it('hears of a request that its route lets go on, where nobody comes after the host', async () => {
    const host = quietHost({ plugins: [ShyPlugin] });
    const server = await host.listen(0, '127.0.0.1');
    const told = nextRequest(host);
    await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/shy`)).text();
    const { plugin, route, status } = await told;
    deepEqual([plugin, route, status], [undefined, 'unmatched', 404]);
  });

  it('hears nothing of what goes on to an app', async () => {
    const { host, request } = await serve({ plugins: [ShyPlugin] });
    const answered = requestsOf(host);
    await request.get('/elsewhere').expect(404);
    await request.get('/shy').expect(404);
    deepEqual(answered, []);
  });

  it('hears once, with all of its time, of a request that has waited for another generation', async () => {
    const { host, request } = await serve({ plugins: [ExclusivePlugin] });
    const answered = requestsOf(host);
    starting = deferred();
    const reloaded = host.reload('exclusive');
    await stopped.promise;
    const asked = request.get('/exclusive').then(({ status }) => status);
    setImmediate(() => starting.resolve());
    await reloaded;
    equal(await asked, 200);
    deepEqual(
      answered.map(({ status, generation }) => [status, generation]),
      [[200, 2]],
    );
  });

  it('hears no more when it has ended that, not even of what is being told', async () => {
    const { host, request } = await serve({ plugins: [ShopPlugin] });
    const heard: string[] = [];
    let stopSecond = (): void => undefined;
    host.monitor.onRequest(() => {
      heard.push('first');
      stopSecond();
    });
    stopSecond = host.monitor.onRequest(() => heard.push('second'));
    await request.get('/shop/items/1');
    deepEqual(heard, ['first']);
  });

  it('fails alone: the app’s own listener is named in the log, and the next one hears all the same', async () => {
    const { host, request, logs } = await serve({ plugins: [ShopPlugin] });
    host.monitor.onRequest(() => {
      throw new Error('no room');
    });
    host.monitor.onRequest(async () => Promise.reject(new Error('no room either')));
    const answered = requestsOf(host);
    await request.get('/shop/items/1').expect(201);
    equal(answered.length, 1);
    await new Promise(setImmediate);
    deepEqual(
      logs.filter(({ level }) => level === 'error').map(({ message }) => message),
      Array.from({ length: 2 }, () => 'A listener of host.monitor.onRequest failed.'),
    );
  });
});

let starting = deferred();
starting.resolve();
const stopped = deferred();

@Plugin({ name: 'exclusive', reload: 'exclusive' })
@JsonController('/exclusive')
class ExclusivePlugin {
  async onStart(): Promise<void> {
    await starting.promise;
  }
  onStop(): void {
    stopped.resolve();
  }
  @Get() hello(): string {
    return 'hello';
  }
}

describe('a plugin that listens', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  const listening = (body: string): string => `
    import { Monitor, Plugin } from 'plugboard';
    @Plugin({ name: 'listener' })
    export class Listener {
      constructor(monitor: Monitor) {
        const heard = globalThis.heardByListener ??= [];
        ${body}
      }
    }`;

  interface Heard {
    heardByListener?: unknown[];
  }
  const heard = (): unknown[] => ((globalThis as Heard).heardByListener ??= []);
  beforeEach(() => {
    heard().length = 0;
  });

  it('hears until its generation ends, and the next one from its own start on', async () => {
    const folder = await folderWith({
      'listener/index.ts': listening(`monitor.onRequest(({ path }) => heard.push(path));`),
    });
    const { host, request } = await serve({ plugins: [folder, ShopPlugin] });
    await request.get('/shop/items/1');
    await host.reload('listener');
    await request.get('/shop/items/2');
    await host.unload('listener');
    await request.get('/shop/items/3');
    deepEqual(heard(), ['/shop/items/1', '/shop/items/2']);
  });

  it('hears of plugins that start and fail, as host.on tells', async () => {
    const folder = await folderWith({
      'listener/index.ts': listening(
        `monitor.on('plugin:stopped', ({ plugin }) => heard.push(plugin)); monitor.on('plugin:running', ({ plugin }) => heard.push(plugin));`,
      ),
    });
    const { host } = await serve({ plugins: [folder] });
    heard().length = 0;
    await host.load(ShopPlugin);
    await host.unload('shop');
    deepEqual(heard(), ['shop', 'shop']);
  });

  it('hears each line with its plugin, its level and what came with it; errors as plain values', async () => {
    const { host, request } = await serve({ plugins: [ShopPlugin] });
    const lines: LoggedLine[] = [];
    host.monitor.onLog((line) => lines.push(line));
    await request.get('/shop/items/7').expect(201);
    await request.get('/shop/items/broken').expect(500);
    deepEqual(
      lines.map(({ plugin, level, message }) => `${plugin} ${level} ${message}`),
      ['shop info asked for', 'shop error ShopPlugin.broken failed.'],
    );
    const [info, failure] = lines;
    deepEqual(info?.fields, { id: '7' });
    ok(info.at instanceof Date);
    const { error } = failure?.fields as { error: { name: string; message: string; stack: string } };
    ok(!((error as object) instanceof Error));
    deepEqual([error.name, error.message], ['InternalServerError', 'out of stock']);
    match(error.stack, /monitoring\.test/);
  });

  it('does not hear what it writes itself of what it hears', async () => {
    @Plugin({ name: 'parrot' })
    class ParrotPlugin {
      constructor(monitor: Monitor, log: Logger) {
        monitor.onLog(({ message }) => log.info(`heard: ${message}`));
      }
    }
    const { request, logs } = await serve({ plugins: [ShopPlugin, ParrotPlugin] });
    await request.get('/shop/items/7').expect(201);
    deepEqual(
      logs.map(({ message }) => message).filter((message) => message.includes('asked for')),
      ['heard: asked for', 'asked for'],
    );
  });

  for (const [what, call] of [
    ['throws', `() => { throw new Error('no room'); }`],
    ['is rejected', `async () => { throw new Error('no room'); }`],
  ] as const)
    it(`is at fault where a listener of it ${what}; the request, and all others, are not disturbed`, async () => {
      const folder = await folderWith({
        'listener/index.ts': listening(`monitor.onRequest(${call});`),
      });
      const { host, request, logs } = await serve({
        plugins: [folder, ShopPlugin],
        settings: { listener: { supervise: { intensity: 0 } } },
      });
      const answered = requestsOf(host);
      const quarantined = new Promise((resolve) => {
        host.on('plugin:quarantined', resolve);
      });
      await request.get('/shop/items/1').expect(201);
      await quarantined;
      equal(answered.length, 1);
      const failure = logs.find(({ level }) => level === 'error');
      equal(failure?.['code'], 'LISTENER_FAILED');
      equal(failure['plugin'], 'listener');
      equal(statusOf(host, 'shop').state, 'running');
      await request.get('/shop/items/2').expect(201);
    });

  it('is quarantined, and not in a circle, where its listener for lines fails of each line', async () => {
    const folder = await folderWith({
      'listener/index.ts': listening(`monitor.onLog(async () => { throw new Error('no room'); });`),
    });
    const { host, request, logs } = await serve({
      plugins: [folder, ShopPlugin],
      settings: { listener: { supervise: { intensity: 0 } } },
    });
    await request.get('/shop/items/1').expect(201);
    await new Promise(setImmediate);
    equal(statusOf(host, 'listener').state, 'quarantined');
    ok(logs.length < 10, `${logs.length} lines`);
  });
});
