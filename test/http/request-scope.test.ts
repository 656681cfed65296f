import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import {
  BadRequestError,
  Get,
  JsonController,
  Middleware,
  UseBefore,
  UseInterceptor,
  type Action,
  type ExpressErrorMiddlewareInterface,
  type ExpressMiddlewareInterface,
  type InterceptorInterface,
} from 'routing-controllers';
import type { Instances, RequestScope } from '#lib/container/instances.js';
import type { Class, Token } from '#lib/plugin/tokens.js';
import { serve, Singletons } from './served-app.ts';

/** Makes the given classes anew for each request, some of them asynchronously. */
class Scopes implements Instances {
  readonly singletons = new Singletons();
  opened = 0;
  readonly disposed: object[] = [];
  whenDisposed: (() => void) | undefined;

  constructor(
    private readonly perRequest: readonly Class[],
    private readonly isAsync = false,
  ) {}

  singleton<T>(type: Class<T>): T | undefined {
    return this.perRequest.includes(type) ? undefined : this.singletons.singleton(type);
  }

  openRequestScope(): RequestScope {
    this.opened++;
    const made = new Singletons();
    const scope: RequestScope = {
      get: <T>(type: Token<T>) => {
        const instance = made.singleton(type as Class<T>);
        return this.isAsync ? Promise.resolve(instance) : instance;
      },
      dispose: async () => {
        this.disposed.push(scope);
        this.whenDisposed?.();
      },
    };
    return scope;
  }
}

let count = 0;

class CountingInterceptor implements InterceptorInterface {
  readonly number = ++count;

  intercept(_action: Action, result: object): object {
    return { ...result, interceptor: this.number };
  }
}

@Middleware({ type: 'before' })
class CountingMiddleware implements ExpressMiddlewareInterface {
  readonly number = ++count;

  use(_request: Request, response: Response, next: NextFunction): void {
    response.set('x-middleware', String(this.number));
    next();
  }
}

@Middleware({ type: 'after' })
class ErrorMiddleware implements ExpressErrorMiddlewareInterface {
  readonly number = ++count;

  error(error: Error, _request: Request, response: Response, next: NextFunction): void {
    if (response.headersSent) return next(error);
    response.status(400).json({ message: error.message, handler: this.number });
  }
}

let started: (() => void) | undefined;

@JsonController()
@UseInterceptor(CountingInterceptor)
class Counted {
  readonly number = ++count;

  @Get('/counted')
  @UseBefore(CountingMiddleware)
  counted() {
    return { controller: this.number };
  }

  @Get('/fails')
  fails() {
    throw new BadRequestError(`fails ${this.number}`);
  }

  @Get('/hangs')
  hangs() {
    started?.();
    return new Promise(() => undefined);
  }
}

describe('request scope', () => {
  beforeEach(() => {
    count = 0;
    started = undefined;
  });

  for (const isAsync of [false, true]) {
    it(`is one for all that serves a request, and disposed once (${isAsync ? 'async' : 'sync'})`, async () => {
      const instances = new Scopes([Counted, CountingInterceptor, CountingMiddleware], isAsync);
      const { request } = serve([Counted], { instances });
      const first = await request.get('/counted').expect(200, { controller: 2, interceptor: 3 });
      assert.equal(first.headers['x-middleware'], '1');
      await request.get('/counted').expect(200, { controller: 5, interceptor: 6 });
      assert.equal(instances.opened, 2);
      assert.equal(new Set(instances.disposed).size, 2);
      assert.equal(instances.disposed.length, 2);
    });
  }

  it('is not opened where all are singletons', async () => {
    const instances = new Scopes([]);
    const { request } = serve([Counted], { instances });
    const first = (await request.get('/counted')).body as unknown;
    await request.get('/counted').expect(200, first as object);
    assert.equal(instances.opened, 0);
  });

  it('serves global middlewares and error middlewares as well', async () => {
    const instances = new Scopes([CountingMiddleware, ErrorMiddleware]);
    const { request } = serve([Counted], {
      instances,
      middlewares: [
        { type: CountingMiddleware, from: instances },
        { type: ErrorMiddleware, from: instances },
      ],
      options: { defaultErrorHandler: false },
    });
    const { body, headers } = await request.get('/fails').expect(400);
    assert.deepEqual(body, { message: 'fails 1', handler: 4 });
    assert.equal(headers['x-middleware'], '3');
    assert.equal(instances.disposed.length, 1);
  });

  it('is disposed of when the action fails', async () => {
    const instances = new Scopes([Counted]);
    await serve([Counted], { instances }).request.get('/fails').expect(400);
    assert.equal(instances.disposed.length, 1);
  });

  it('is disposed of when the client goes', async () => {
    const instances = new Scopes([Counted]);
    const { app } = serve([Counted], { instances });
    const server = http.createServer(app).listen(0);
    await once(server, 'listening');
    const hangs = new Promise<void>((resolve) => {
      started = resolve;
    });
    const disposed = new Promise<void>((resolve) => {
      instances.whenDisposed = resolve;
    });
    const outgoing = http.get({ port: (server.address() as AddressInfo).port, path: '/hangs' });
    outgoing.on('error', () => undefined);
    await hangs;
    assert.equal(instances.disposed.length, 0);
    outgoing.destroy();
    await disposed;
    server.close();
    assert.equal(instances.disposed.length, 1);
  });
});
