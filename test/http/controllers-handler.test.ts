import { deepEqual, equal, match, throws } from 'node:assert/strict';
import express, { type Request } from 'express';
import { Container, injectable } from 'inversify';
import {
  controllersHandler,
  createHost,
  PluginError,
  type ControllersContainer,
  type ControllersHandlerOptions,
} from 'plugboard';
import {
  Authorized,
  BadRequestError,
  Body,
  CurrentUser,
  Get,
  getMetadataArgsStorage,
  Interceptor,
  JsonController,
  Middleware,
  Post,
  QueryParam,
  UploadedFile,
  UseBefore,
  useContainer,
  type Action,
  type InterceptorInterface,
} from 'routing-controllers';
import supertest from 'supertest';
import { Nothing, sideBySide } from './side-by-side.ts';

const none = { middlewares: [Nothing], interceptors: [Nothing] };

function request(options: ControllersHandlerOptions): supertest.Agent {
  return supertest(
    express()
      .set('env', 'test')
      .use(controllersHandler({ ...none, ...options })),
  );
}

@JsonController('/counts')
@injectable()
class CountController {
  private served = 0;

  @Get()
  count() {
    return { served: ++this.served };
  }

  @Get('/query')
  query(@QueryParam('filter') filter: object, @QueryParam('size') size: number) {
    return { filter, size };
  }

  @Get('/nothing')
  nothing() {
    return null;
  }

  @Get('/broken')
  broken() {
    throw new Error('a secret');
  }

  @Get('/late')
  late() {
    return new Promise(() => undefined);
  }

  @Authorized()
  @Get('/user')
  user(@CurrentUser() user: unknown) {
    return { user };
  }

  @Post()
  add(@Body() body: object) {
    return body;
  }

  @Post('/file')
  file(@UploadedFile('file') file: Express.Multer.File) {
    return { size: file.size };
  }
}

@JsonController('/same')
class FirstController {
  @Get()
  first() {
    return 'first';
  }
  @Get()
  second() {
    return 'second';
  }
}

@JsonController('/same')
class SecondController {
  @Get()
  third() {
    return 'third';
  }
}

describe('controllersHandler', () => {
  it('serves controllers and leaves everything else to the app', async () => {
    const app = express()
      .use(controllersHandler({ ...none, controllers: [CountController] }))
      .use((_request, response) => void response.status(499).send("the app's"));
    await supertest(app).get('/counts').expect(200);
    await supertest(app).get('/elsewhere').expect(499, "the app's");
  });

  it('serves below a path of the app', async () => {
    const app = express().use('/below', controllersHandler({ ...none, controllers: [CountController] }));
    await supertest(app).get('/below/counts').expect(200);
    await supertest(app).get('/counts').expect(404);
  });

  it('reads nested queries as Express 4 did, and gives the app its own query back', async () => {
    const queries: unknown[] = [];
    const app = express()
      .use(controllersHandler({ ...none, controllers: [CountController] }))
      .use(({ query }, response) => {
        queries.push(query);
        response.end();
      });
    await supertest(app)
      .get('/counts/query?filter[a][b]=1&size=2')
      .expect(200, { filter: { a: { b: '1' } }, size: 2 });
    await supertest(app).get('/elsewhere?a[b]=1');
    deepEqual({ ...(queries[0] as object) }, { 'a[b]': '1' });
  });

  it('leaves it to the parser that the app has chosen', async () => {
    const app = express()
      .set('query parser', () => ({ size: '3' }))
      .use(controllersHandler({ ...none, controllers: [CountController] }));
    await supertest(app).get('/counts/query?size=2').expect(200, { size: 3 });
  });

  it('takes the first of routes that are the same', async () => {
    const { ask } = sideBySide({ controllers: [SecondController, FirstController] });
    equal((await ask((agent) => agent.get('/same'))).text, '"first"');
  });

  it('takes a prefix with and without its slash, and one with characters of patterns', async () => {
    for (const routePrefix of ['/api', 'api']) {
      const { ask } = sideBySide({ controllers: [FirstController], routePrefix });
      equal((await ask((agent) => agent.get('/api/same'))).status, 200);
      equal((await ask((agent) => agent.get('/same'))).status, 404);
    }
    await request({ controllers: [FirstController], routePrefix: 'a/b' })
      .get('/a/b/same')
      .expect(200);
    await request({ controllers: [FirstController], routePrefix: '/a.b' })
      .get('/a.b/same')
      .expect(200);
    await request({ controllers: [FirstController], routePrefix: '/a.b' })
      .get('/axb/same')
      .expect(404);
    await request({ controllers: [FirstController], routePrefix: '/v:n(\\d+)' })
      .get('/v2/same')
      .expect(200);
    await request({ controllers: [FirstController], routePrefix: '/v:n(\\d+)' })
      .get('/vx/same')
      .expect(404);
  });

  it('takes the defaults of results and parameters, without a trace of them in routing-controllers', async () => {
    const before = JSON.stringify(getMetadataArgsStorage().params);
    const strict = request({
      controllers: [CountController],
      defaults: { nullResultCode: 410, paramOptions: { required: true } },
    });
    await strict.get('/counts/nothing').expect(410);
    await strict.get('/counts/query').expect(400);
    await request({ controllers: [CountController] })
      .get('/counts/query')
      .expect(200);
    equal(JSON.stringify(getMetadataArgsStorage().params), before);
    const { ask } = sideBySide({ controllers: [CountController] });
    equal((await ask((agent) => agent.get('/counts/query'))).status, 200);
  });

  it('asks the checkers that it was given', async () => {
    const { ask } = sideBySide({
      controllers: [CountController],
      authorizationChecker: ({ request }) => Boolean((request as Request).get('x-user')),
      currentUserChecker: ({ request }) => (request as Request).get('x-user'),
    });
    equal((await ask((agent) => agent.get('/counts/user'))).status, 401);
    equal((await ask((agent) => agent.get('/counts/user').set('x-user', 'ada'))).text, '{"user":"ada"}');
  });

  for (const cors of [true, { origin: 'https://example.org', methods: ['GET'] }]) {
    it(`shares with other origins: ${JSON.stringify(cors)}`, async () => {
      const { ask } = sideBySide({ controllers: [CountController], cors });
      await ask((agent) => agent.get('/counts/nothing').set('origin', 'https://example.org'));
      await ask((agent) => agent.get('/nowhere').set('origin', 'https://example.org'));
      const preflight = await ask((agent) =>
        agent
          .options('/counts')
          .set('origin', 'https://example.org')
          .set('access-control-request-method', 'GET'),
      );
      equal(preflight.status, 204);
    });
  }

  it('serves the same classes twice in one app, each as its options say', async () => {
    const app = express()
      .use('/one', controllersHandler({ ...none, controllers: [CountController], routePrefix: '/api' }))
      .use(
        '/two',
        controllersHandler({
          ...none,
          controllers: [CountController],
          defaults: { nullResultCode: 404 },
          container: { get: (type) => new type() },
        }),
      );
    await supertest(app).get('/one/api/counts/nothing').expect(204);
    await supertest(app).get('/two/counts/nothing').expect(404);
    await supertest(app).get('/two/counts').expect({ served: 1 });
    await supertest(app).get('/two/counts').expect({ served: 1 });
  });

  it('tells clients of a broken action only that it is broken, and the app all of it', async () => {
    const told: unknown[] = [];
    const agent = request({
      controllers: [CountController],
      onError: (error, { action }) => told.push([(error as Error).message, action]),
    });
    const { text } = await agent.get('/counts/broken').expect(500);
    equal(text.includes('a secret'), false);
    deepEqual(told, [['a secret', 'CountController.broken']]);
  });

  it('has limits: of bodies, of files, and of time where one is set', async () => {
    const agent = request({
      controllers: [CountController],
      limits: { bodyBytes: 10, fileBytes: 10 },
      requestMs: 10,
      onError: () => undefined,
    });
    await agent
      .post('/counts')
      .send({ long: 'x'.repeat(20) })
      .expect(413);
    await agent.post('/counts/file').attach('file', Buffer.alloc(20), 'a.txt').expect(413);
    await agent.get('/counts/late').expect(504);
  });

  it('says which class has routes but is no controller', () => {
    class Bare {
      @Get('/bare')
      bare() {
        return 1;
      }
    }
    throws(
      () => controllersHandler({ ...none, controllers: [Bare] }),
      (error) => error instanceof PluginError && error.code === 'CONTROLLER_DECORATOR_MISSING',
    );
  });

  it('stands beside a host in one app', async () => {
    const host = createHost({ plugins: [] });
    await host.start();
    const app = express().use(host.handler, controllersHandler({ ...none, controllers: [FirstController] }));
    await supertest(app).get('/same').expect(200);
    await host.close();
  });
});

@Interceptor()
class Signing implements InterceptorInterface {
  intercept(_action: Action, result: unknown): unknown {
    return { signed: result };
  }
}

class Silent {
  use(_request: unknown, _response: unknown, next: () => void): void {
    next();
  }
}

@Middleware({ type: 'before' })
class Global extends Silent {}

@JsonController('/asking')
@UseBefore(Silent)
class AskingController {
  @Get()
  ask() {
    return 'asked';
  }
}

describe('instances of a controllersHandler', () => {
  const options = { controllers: [AskingController], middlewares: [Global], interceptors: [Signing] };

  // As in a process in which nobody has called it.
  afterEach(() => useContainer(undefined as never));

  it('are those of routing-controllers where no container is given: one of each class', async () => {
    const { ask } = sideBySide({ controllers: [CountController] });
    await ask((agent) => agent.get('/nowhere'));
    const agent = request({ controllers: [CountController] });
    const { body: first } = (await agent.get('/counts')) as { body: { served: number } };
    await request({ controllers: [CountController] })
      .get('/counts')
      .expect({ served: first.served + 1 });
  });

  it('come from what useContainer was given, with the request as routing-controllers gives it', async () => {
    const asked: string[] = [];
    const { ask } = sideBySide(options, { traces: asked });
    useContainer({
      get: (type, action) => {
        const { url, res } = (action?.request ?? {}) as Request;
        asked.push(`${type.name} ${url}`);
        if (action) equal(action.response, res);
        return new type();
      },
    });
    const { text, traces } = await ask((agent) => agent.get('/asking'));
    equal(text, '{"signed":"asked"}');
    deepEqual(traces, [
      'Global undefined',
      'Silent undefined',
      'AskingController /asking',
      'Signing /asking',
    ]);
  });

  it('come from an inversify container', async () => {
    const container = new Container();
    container.bind(CountController).toSelf().inSingletonScope();
    container.bind(Signing).toSelf();
    const agent = request({ controllers: [CountController], interceptors: [Signing], container });
    await agent.get('/counts').expect({ signed: { served: 1 } });
    await agent.get('/counts').expect({ signed: { served: 2 } });
    await request({ controllers: [CountController], container })
      .get('/counts')
      .expect({ served: 3 });
  });

  it('may be promised', async () => {
    const container: ControllersContainer = { get: async (type) => new type() };
    const agent = request({ ...options, container });
    await agent.get('/asking').expect(200, { signed: 'asked' });
  });

  it('that the container refuses are errors of the action', async () => {
    const container = {
      get: () => {
        throw new BadRequestError('no such class');
      },
    };
    const { text } = await request({ controllers: [CountController], container })
      .get('/counts')
      .expect(400);
    match(text, /no such class/);
  });
});
