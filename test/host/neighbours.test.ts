import { deepEqual, equal } from 'node:assert/strict';
import express, { type Express } from 'express';
import { injectable } from 'inversify';
import {
  Get,
  getFromContainer,
  getMetadataArgsStorage,
  Interceptor,
  JsonController,
  Middleware,
  QueryParam,
  useContainer,
  useExpressServer,
  UseBefore,
  UseInterceptor,
  type Action,
  type ExpressMiddlewareInterface,
  type InterceptorInterface,
} from 'routing-controllers';
import supertest from 'supertest';
import { Plugin } from 'plugboard';
import { closeHosts, quietHost, serve } from './hosting.ts';

const seen: string[] = [];

// Registered in the process, listed by nobody: routing-controllers' own apps may take them, a host must not.
@Middleware({ type: 'before' })
class StrayMiddleware implements ExpressMiddlewareInterface {
  use(_request: unknown, _response: unknown, next: () => void): void {
    seen.push('stray middleware');
    next();
  }
}
@Interceptor()
class StrayInterceptor implements InterceptorInterface {
  intercept(_action: Action, result: unknown): unknown {
    seen.push('stray interceptor');
    return result;
  }
}

@JsonController('/app')
class AppController {
  constructor(readonly greeting: string) {}
  @Get('/hello') hello(): unknown {
    return { greeting: this.greeting };
  }
  @Get('/query') query(@QueryParam('q') q: string): unknown {
    return { q: q ?? 'none' };
  }
}

@Plugin({ name: 'strict' })
@JsonController('/strict')
class StrictPlugin {
  @Get() query(@QueryParam('q') q: string): unknown {
    return { q };
  }
}

// With empty lists it would take every middleware of the process.
function routingControllersApp(): Express {
  return useExpressServer(express(), {
    controllers: [AppController],
    middlewares: [StrayMiddleware],
    interceptors: [StrayInterceptor],
  });
}

describe('an app that uses routing-controllers itself', () => {
  const instances = {
    get: (type: new (greeting: string) => object): object => new type('from the app'),
  } as Parameters<typeof useContainer>[0];

  before(() => {
    useContainer(instances);
  });
  after(() => {
    // Back to what it is in a process in which nobody has called it.
    useContainer(undefined as never);
  });
  afterEach(closeHosts);
  beforeEach(() => {
    seen.length = 0;
  });

  it('is left as it was, before and after hosts were started in its process', async () => {
    const early = routingControllersApp();
    const actions = getMetadataArgsStorage().actions.length;
    const params = JSON.stringify(getMetadataArgsStorage().params.map(({ required }) => required ?? null));
    const host = quietHost({ plugins: [StrictPlugin], defaults: { paramOptions: { required: true } } });
    await host.start();
    early.use('/plugins', host.handler);
    const late = routingControllersApp();
    late.use('/plugins', host.handler);
    for (const app of [early, late]) {
      await supertest(app).get('/app/hello').expect(200, { greeting: 'from the app' });
      await supertest(app).get('/app/query').expect(200, { q: 'none' });
      await supertest(app).get('/plugins/strict?q=1').expect(200, { q: '1' });
      await supertest(app).get('/plugins/strict').expect(400);
    }
    equal(getFromContainer(AppController).greeting, 'from the app');
    equal(getMetadataArgsStorage().actions.length, actions);
    equal(JSON.stringify(getMetadataArgsStorage().params.map(({ required }) => required ?? null)), params);
    await host.close();
    await supertest(early).get('/app/hello').expect(200, { greeting: 'from the app' });
  });

  it('may have global middlewares and interceptors that do not act on plugins', async () => {
    const { request } = await serve({ plugins: [StrictPlugin] });
    await request.get('/strict?q=1').expect(200);
    deepEqual(seen, []);
    const app = routingControllersApp();
    await supertest(app).get('/app/hello').expect(200);
    deepEqual(seen, ['stray middleware', 'stray interceptor']);
  });
});

describe('middlewares and interceptors', () => {
  afterEach(closeHosts);
  beforeEach(() => {
    seen.length = 0;
  });

  function noting(name: string): express.RequestHandler {
    return (_request, _response, next) => {
      seen.push(name);
      next();
    };
  }

  @Middleware({ type: 'before', priority: 5 })
  class HostEarly implements ExpressMiddlewareInterface {
    use(_request: unknown, _response: unknown, next: () => void): void {
      seen.push('host, priority 5');
      next();
    }
  }
  @Middleware({ type: 'after' })
  class HostAfter implements ExpressMiddlewareInterface {
    use(_request: unknown, _response: unknown, next: () => void): void {
      seen.push('host, after');
      next();
    }
  }
  @injectable()
  class Counter {
    count = 0;
  }
  @Middleware({ type: 'before' })
  class OwnMiddleware implements ExpressMiddlewareInterface {
    constructor(private readonly counter: Counter) {}
    use(_request: unknown, _response: unknown, next: () => void): void {
      seen.push(`plugin, ${++this.counter.count}`);
      next();
    }
  }
  class Used implements ExpressMiddlewareInterface {
    use(_request: unknown, _response: unknown, next: () => void): void {
      seen.push('used');
      next();
    }
  }
  const adding = (text: string): new () => InterceptorInterface => {
    @Interceptor()
    class Adding implements InterceptorInterface {
      intercept(_action: Action, result: unknown): unknown {
        return [result, text].flat();
      }
    }
    return Adding;
  };
  const [ByHost, ByPlugin, ByUse] = [adding('host'), adding('plugin'), adding('used')];

  @Plugin({
    name: 'watched',
    services: [Counter],
    middlewares: [OwnMiddleware, noting('plugin function')],
    interceptors: [ByPlugin],
  })
  @JsonController('/watched')
  @UseBefore(Used)
  class WatchedPlugin {
    @Get() @UseInterceptor(ByUse) answer(): string[] {
      seen.push('action');
      return ['action'];
    }
  }
  @Plugin({ name: 'plain' })
  @JsonController('/plain')
  class PlainPlugin {
    @Get() answer(): string[] {
      seen.push('action');
      return ['action'];
    }
  }

  it("of a plugin act on its own routes only, the host's on all, in their order", async () => {
    const { request } = await serve({
      plugins: [WatchedPlugin, PlainPlugin],
      middlewares: [noting('host function'), HostEarly, HostAfter],
      interceptors: [ByHost],
    });
    const { body } = await request.get('/watched').expect(200);
    deepEqual(seen.splice(0), [
      'host, priority 5',
      'host function',
      'plugin, 1',
      'plugin function',
      'used',
      'action',
      'host, after',
    ]);
    deepEqual(body, ['action', 'plugin', 'host', 'used']);
    await request.get('/plain').expect(200, ['action', 'host']);
    deepEqual(seen.splice(0), ['host, priority 5', 'host function', 'action', 'host, after']);
    await request.get('/nowhere').expect(404);
    deepEqual(seen, []);
  });

  it('of the host may inject what the host offers, and are one object for all plugins', async () => {
    @Middleware({ type: 'before' })
    class Counting implements ExpressMiddlewareInterface {
      constructor(private readonly counter: Counter) {}
      use(_request: unknown, _response: unknown, next: () => void): void {
        this.counter.count++;
        next();
      }
    }
    const { host, request } = await serve({
      plugins: [PlainPlugin],
      services: [Counter],
      middlewares: [Counting],
    });
    await request.get('/plain').expect(200);
    await request.get('/plain').expect(200);
    equal(host.get(Counter).count, 2);
  });
});
