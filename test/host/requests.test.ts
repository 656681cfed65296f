import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IsInt } from 'class-validator';
import express from 'express';
import { inject, injectable, preDestroy } from 'inversify';
import {
  Authorized,
  BadRequestError,
  Body,
  CurrentUser,
  Get,
  HttpError,
  JsonController,
  Post,
} from 'routing-controllers';
import supertest from 'supertest';
import { HttpRequest, Plugin, RequestSignal, routingControllersErrorBody, type HostOptions } from 'plugboard';
import { closeHosts, quietHost, serve } from './hosting.ts';

const secret = 'hunter2';

class TeapotError extends HttpError {
  constructor() {
    super(418);
    // Its own constructor puts HttpError's prototype in place of this one.
    Object.setPrototypeOf(this, TeapotError.prototype);
  }
  toJSON(): unknown {
    return { teapot: true };
  }
}

class Dto {
  @IsInt() count!: number;
}

@Plugin({ name: 'thrower' })
@JsonController('/throw')
class ThrowerPlugin {
  @Get('/error') error(): never {
    throw Object.assign(new Error(`connect failed: ${secret}`), { password: secret, httpCode: 'x' });
  }
  @Get('/cause') cause(): never {
    throw new Error('outer', { cause: Object.assign(new Error(secret), { secret }) });
  }
  @Get('/null') null(): never {
    // oxlint-disable-next-line typescript/only-throw-error -- that is what is tested
    throw null;
  }
  @Get('/string') string(): never {
    // oxlint-disable-next-line typescript/only-throw-error -- that is what is tested
    throw secret;
  }
  @Get('/rejected') async rejected(): Promise<never> {
    await Promise.resolve();
    throw Object.assign(new Error(secret), { toJSON: () => ({ secret }) });
  }
  @Get('/server') server(): never {
    throw Object.assign(new HttpError(503, secret), { secret });
  }
  @Get('/client') client(): never {
    throw Object.assign(new BadRequestError('not that'), { secret });
  }
  @Get('/teapot') teapot(): never {
    throw new TeapotError();
  }
  @Post('/dto') dto(@Body() dto: Dto): unknown {
    return { dto };
  }
}

async function thrower(options: Partial<HostOptions> = {}): Promise<ReturnType<typeof supertest>> {
  return (await serve({ plugins: [ThrowerPlugin], ...options })).request;
}

describe('what a client is told of an error', () => {
  afterEach(closeHosts);

  for (const path of ['error', 'cause', 'null', 'string', 'rejected', 'server']) {
    it(`is nothing but the request's id where ${path} is thrown`, async () => {
      const { request, logs } = await serve({ plugins: [ThrowerPlugin] });
      const { status, text, headers } = await request.get(`/throw/${path}`);
      equal(status, path === 'server' ? 503 : 500);
      const { requestId, ...rest } = JSON.parse(text) as { requestId: string };
      deepEqual(rest, { name: 'InternalServerError', message: 'Internal Server Error' });
      ok(!`${text}${JSON.stringify(headers)}`.includes(secret));
      const line = logs.find((each) => each['requestId'] === requestId);
      deepEqual(
        [line?.level, line?.['plugin'], line?.['action']],
        ['error', 'thrower', `ThrowerPlugin.${path}`],
      );
    });
  }

  it('is the message of an HttpError below 500, or its toJSON', async () => {
    const { request, logs } = await serve({ plugins: [ThrowerPlugin] });
    await request.get('/throw/client').expect(400, { name: 'BadRequestError', message: 'not that' });
    await request.get('/throw/teapot').expect(418, { teapot: true });
    deepEqual(logs, []);
  });

  it('is what failed in a validation, never target or value', async () => {
    const request = await thrower();
    const { body, text } = await request.post('/throw/dto').send({ count: secret }).expect(400);
    deepEqual((body as { errors: unknown }).errors, [
      { property: 'count', constraints: { isInt: 'count must be an integer number' }, children: [] },
    ]);
    ok(!text.includes(secret));
    await request
      .post('/throw/dto')
      .send([{ count: 1 }])
      .expect(400);
  });

  it("carries the request's id where the client or the app has given one", async () => {
    const request = await thrower();
    const { body } = await request.get('/throw/error').set('X-Request-Id', 'abc-1').expect(500);
    equal((body as { requestId: string }).requestId, 'abc-1');
    const dangerous = await request.get('/throw/error').set('X-Request-Id', '<script>').expect(500);
    match((dangerous.body as { requestId: string }).requestId, /^[\da-f-]{36}$/);
  });

  it('is message and stack in development', async () => {
    const request = await thrower({ development: true });
    const { body } = await request.get('/throw/cause').expect(500);
    const { message, stack } = body as { message: string; stack: string };
    equal(message, 'outer');
    match(stack, /requests\.test\.ts/);
  });

  it("follows NODE_ENV where the option isn't given: development alone tells more", async () => {
    const before = process.env['NODE_ENV'];
    try {
      for (const [mode, tells] of [
        ['development', true],
        ['test', false],
        ['production', false],
      ] as const) {
        process.env['NODE_ENV'] = mode;
        const { body } = await (await thrower()).get('/throw/cause');
        equal('stack' in (body as object), tells, mode);
      }
    } finally {
      if (before === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = before;
    }
  });

  it("is the host's errorBody where it has one, and safe where that fails", async () => {
    const own = await thrower({ errorBody: (error, request) => ({ at: request.path, is: String(error) }) });
    await own.get('/throw/client').expect(400, { at: '/throw/client', is: 'BadRequestError: not that' });
    await own.get('/throw/null').expect(500);
    const broken = await thrower({
      errorBody: () => {
        throw new Error(secret);
      },
    });
    const { text, body } = await broken.get('/throw/client').expect(500);
    equal((body as Error).message, 'Internal Server Error');
    ok(!text.includes(secret));
  });

  it("is routing-controllers' own shape by routingControllersErrorBody", async () => {
    const request = await thrower({ errorBody: routingControllersErrorBody, development: false });
    await request.get('/throw/client').expect(400, { name: 'BadRequestError', message: 'not that', secret });
  });
});

describe('checkers and limits', () => {
  afterEach(closeHosts);

  @Plugin({ name: 'guarded' })
  @JsonController('/guarded')
  class GuardedPlugin {
    @Authorized('admin') @Get('/admin') admin(@CurrentUser() user: { name: string }): string {
      return user.name;
    }
    @Get('/me') me(@CurrentUser({ required: true }) user: { name: string }): string {
      return user.name;
    }
    @Post('/echo') echo(@Body() body: { text: string }): number {
      return body.text.length;
    }
  }

  it('ask the app who the user is and what is allowed', async () => {
    const { request } = await serve({
      plugins: [GuardedPlugin],
      authorizationChecker: async ({ request: asked }, roles: string[]) =>
        Promise.resolve(roles.includes((asked as express.Request).get('x-role') ?? '')),
      currentUserChecker: ({ request: asked }) => {
        const name = (asked as express.Request).get('x-user');
        return name ? { name } : undefined;
      },
    });
    await request.get('/guarded/admin').set('x-role', 'admin').set('x-user', 'ada').expect(200, '"ada"');
    await request.get('/guarded/admin').set('x-role', 'guest').expect(403);
    await request.get('/guarded/me').set('x-user', 'bob').expect(200, '"bob"');
    await request.get('/guarded/me').expect(401);
  });

  it('refuse a body of more than 100 kB, or of what the host allows', async () => {
    const text = (bytes: number): object => ({ text: 'x'.repeat(bytes) });
    const { request } = await serve({ plugins: [GuardedPlugin] });
    await request.post('/guarded/echo').send(text(100_000)).expect(200, '100000');
    const { body } = await request.post('/guarded/echo').send(text(110_000)).expect(413);
    equal((body as { name: string }).name, 'PayloadTooLargeError');
    const wide = await serve({ plugins: [GuardedPlugin], limits: { bodyBytes: 200_000 } });
    await wide.request.post('/guarded/echo').send(text(110_000)).expect(200);
    const narrow = await serve({ plugins: [GuardedPlugin], limits: { bodyBytes: 10 } });
    await narrow.request.post('/guarded/echo').send(text(20)).expect(413);
  });

  it('let other origins in where cors says so', async () => {
    const closed = await serve({ plugins: [GuardedPlugin] });
    const { headers } = await closed.request.get('/guarded/me').set('Origin', 'https://a.example');
    equal(headers['access-control-allow-origin'], undefined);
    const open = await serve({ plugins: [GuardedPlugin], cors: { origin: 'https://a.example' } });
    await open.request
      .options('/guarded/echo')
      .set('Origin', 'https://a.example')
      .set('Access-Control-Request-Method', 'POST')
      .expect(204)
      .expect('Access-Control-Allow-Origin', 'https://a.example');
    await open.request
      .get('/guarded/me')
      .set('Origin', 'https://a.example')
      .expect('Access-Control-Allow-Origin', 'https://a.example');
    const all = await serve({ plugins: [GuardedPlugin], cors: true });
    await all.request.get('/guarded/me').expect('Access-Control-Allow-Origin', '*');
  });
});

describe('what belongs to a request', () => {
  afterEach(closeHosts);

  const events: string[] = [];
  let disposed: Promise<void>;
  let dispose = (): void => undefined;
  beforeEach(() => {
    events.length = 0;
    disposed = new Promise((resolve) => {
      dispose = resolve;
    });
  });

  @injectable()
  class Pool {
    free = 2;
  }
  @injectable('Request')
  class Client {
    readonly id: string;
    constructor(
      private readonly pool: Pool,
      @inject(HttpRequest) request: HttpRequest,
    ) {
      this.id = request.id;
      this.pool.free--;
      events.push('borrow');
    }
    @preDestroy() release(): void {
      this.pool.free++;
      events.push('release');
      dispose();
    }
  }
  @injectable('Request')
  class Unit {
    constructor(readonly client: Client) {}
  }
  @injectable('Request')
  @JsonController('/work')
  class WorkController {
    constructor(
      private readonly client: Client,
      private readonly unit: Unit,
      private readonly request: HttpRequest,
      private readonly pool: Pool,
    ) {}
    @Get('/ids') ids(): unknown {
      const { client, unit, request, pool } = this;
      return [client.id === request.id, unit.client === client, request.express.path, pool.free];
    }
    @Get('/error') error(): never {
      throw new Error('rolled back');
    }
    @Get('/never') async never(): Promise<void> {
      const { signal } = this.request;
      arrived();
      await once(signal, 'abort');
      events.push(`aborted: ${(signal.reason as Error).name}`);
    }
  }
  let arrived = (): void => undefined;

  @Plugin({
    name: 'worker',
    controllers: [WorkController],
    services: [Client, Unit],
    timeouts: { requestMs: 5000 },
  })
  @JsonController('/lone')
  class WorkerPlugin {
    @Get() lone(): string {
      return 'lone';
    }
    @Get('/signal') async signal(@RequestSignal() signal: AbortSignal): Promise<string> {
      arrived();
      if (!signal.aborted) await once(signal, 'abort');
      events.push(`signal: ${(signal.reason as Error).name}`);
      dispose();
      return 'too late';
    }
  }

  it('is made once for it, shared by all that serves it, and disposed of at its end', async () => {
    const { request, host } = await serve({ plugins: [WorkerPlugin], services: [Pool] });
    await request.get('/work/ids').expect(200, [true, true, '/work/ids', 1]);
    await disposed;
    deepEqual(events, ['borrow', 'release']);
    await request.get('/work/ids').expect(200, [true, true, '/work/ids', 1]);
    equal(events.filter((event) => event === 'borrow').length, 2);
    await request.get('/lone').expect(200, '"lone"');
    equal(events.filter((event) => event === 'borrow').length, 2);
    await host.close();
    equal(host.plugins[0]?.state, 'stopped');
  });

  it('is disposed of after an error', async () => {
    const { request } = await serve({ plugins: [WorkerPlugin], services: [Pool] });
    await request.get('/work/error').expect(500);
    await disposed;
    deepEqual(events, ['borrow', 'release']);
  });

  it('is disposed of when the client goes, and its signal fires', async () => {
    const { host } = await serve({ plugins: [WorkerPlugin], services: [Pool] });
    const server = await host.listen(0, '127.0.0.1');
    await abortAfterArrival(server, '/work/never');
    await disposed;
    deepEqual(events.toSorted(), ['aborted: AbortError', 'borrow', 'release']);
    equal(host.get(Pool).free, 2);
  });

  it('fires @RequestSignal for a singleton when the client goes', async () => {
    const { host } = await serve({ plugins: [WorkerPlugin], services: [Pool] });
    const server = await host.listen(0, '127.0.0.1');
    await abortAfterArrival(server, '/lone/signal');
    await disposed;
    deepEqual(events, ['signal: AbortError']);
  });

  it('fires @RequestSignal when its time is over, which the client sees as 504', async () => {
    const { request, logs } = await serve({
      plugins: [WorkerPlugin],
      services: [Pool],
      settings: { worker: { timeouts: { requestMs: 20 } } },
    });
    const { body } = await request.get('/lone/signal').expect(504);
    const { name, message, requestId } = body as Record<string, string>;
    deepEqual([name, message], ['GatewayTimeoutError', 'Gateway Timeout']);
    match(requestId ?? '', /^[\da-f-]{36}$/);
    await disposed;
    deepEqual(events, ['signal: PluginError']);
    const line = logs.find((each) => each['requestId'] === requestId);
    equal((line?.['error'] as { code?: string } | undefined)?.code, 'REQUEST_TIMEOUT');
  });

  it('may not be kept by what outlives it', async () => {
    @Plugin({ name: 'keeper', services: [Client] })
    class KeeperPlugin {
      constructor(readonly client: Client) {}
    }
    const host = quietHost({ plugins: [KeeperPlugin], services: [Pool] });
    await host.start();
    const { failure } = host.plugins[0] ?? {};
    equal(failure?.code, 'REQUEST_SCOPE');
    deepEqual(failure?.path, ['keeper', 'Client']);
  });

  /** Sends a request and cuts it when the action has begun. */
  async function abortAfterArrival(server: Server, path: string): Promise<void> {
    const begun = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { port } = server.address() as AddressInfo;
    const request = get({ port, host: '127.0.0.1', path });
    request.on('error', () => undefined);
    await begun;
    request.destroy();
  }
});
