import { deepEqual, equal, match, ok } from 'node:assert/strict';
import cookieParser from 'cookie-parser';
import express, { type ErrorRequestHandler, Router } from 'express';
import session from 'express-session';
import { injectable } from 'inversify';
import {
  All,
  Authorized,
  Body,
  CookieParam,
  CurrentUser,
  Get,
  JsonController,
  NotFoundError,
  Param,
  Post,
  QueryParam,
  Req,
  Res,
  SessionParam,
} from 'routing-controllers';
import supertest from 'supertest';
import { Plugin, type Host, type HostOptions } from 'plugboard';
import { closeHosts, quietHost, serve } from './hosting.ts';

@Plugin({ name: 'greeter' })
@JsonController('/greet')
class GreeterPlugin {
  @Get('/:name') greet(@Param('name') name: string): unknown {
    return { hello: name };
  }
  @Post() take(@Body() body: object): unknown {
    return { body };
  }
  @Get('/by/itself') answer(@Res() response: express.Response): express.Response {
    return response.send('by itself');
  }
  @Get('/by/next') hand(@Req() request: express.Request, @Res() response: express.Response): unknown {
    response.json({ url: request.originalUrl, base: request.baseUrl, path: request.path });
    return response;
  }
}

async function started(options: Partial<HostOptions> = {}): Promise<Host> {
  const host = quietHost({ plugins: [GreeterPlugin], ...options });
  await host.start();
  return host;
}

describe('a host in an app that was there before', () => {
  afterEach(closeHosts);

  it('may be mounted before start(): 503 with Retry-After, and then it serves', async () => {
    const host = quietHost({ plugins: [GreeterPlugin] });
    const app = express().use('/api', host.handler);
    const { body } = await supertest(app).get('/api/greet/ada').expect(503).expect('Retry-After', /^\d+$/);
    equal((body as { name: string }).name, 'ServiceUnavailable');
    await host.start();
    await supertest(app).get('/api/greet/ada').expect(200, { hello: 'ada' });
    await host.close();
    await supertest(app).get('/api/greet/ada').expect(503);
  });

  it('serves below a path, and below a Router, with the URLs that Express gives', async () => {
    const host = await started();
    const app = express();
    app.use('/api', host.handler);
    app.use('/deep', Router().use('/er', host.handler));
    await supertest(app).get('/api/greet/ada').expect(200, { hello: 'ada' });
    await supertest(app).get('/deep/er/greet/ada').expect(200, { hello: 'ada' });
    await supertest(app)
      .get('/deep/er/greet/by/next?x=1')
      .expect(200, { url: '/deep/er/greet/by/next?x=1', base: '/deep/er', path: '/greet/by/next' });
    await supertest(app).get('/greet/ada').expect(404);
  });

  it('hands on what it does not serve, as it came', async () => {
    const host = await started();
    const app = express().use('/api', host.handler);
    app.get('/api/later/:id', (request, response) => void response.json([request.params, request.url]));
    app.use((request, response) => void response.status(404).send(`nothing at ${request.originalUrl}`));
    await supertest(app)
      .get('/api/later/7?q=1')
      .expect(200, [{ id: '7' }, '/api/later/7?q=1']);
    await supertest(app).get('/api/gone').expect(404, 'nothing at /api/gone');
    await supertest(app).delete('/api/greet/ada').expect(404, 'nothing at /api/greet/ada');
  });

  it('never goes on after an answer', async () => {
    @Plugin({ name: 'answers' })
    @JsonController('/answers')
    class AnswersPlugin {
      @Get('/json') json(): unknown {
        return { ok: true };
      }
      @Get('/self') self(@Res() response: express.Response): unknown {
        response.send('self');
        return response;
      }
      @Get('/twice') twice(@Res() response: express.Response): unknown {
        response.send('once');
        return { twice: true };
      }
      @Get('/undefined') nothing(@Res() response: express.Response): void {
        response.send('sent');
      }
      @Get('/thrown') thrown(@Res() response: express.Response): void {
        response.send('sent');
        throw new Error('after the answer');
      }
      @Get('/missing') missing(): never {
        throw new NotFoundError('none');
      }
      @All('/late') async late(@Res() response: express.Response): Promise<void> {
        response.send('sent');
        await Promise.resolve();
        throw new Error('after the answer');
      }
    }
    const host = await started({ plugins: [AnswersPlugin] });
    const reached: string[] = [];
    const app = express().use(host.handler);
    app.use((request, response) => {
      reached.push(request.url);
      response.status(404).send('app');
    });
    const onError: ErrorRequestHandler = (error: Error, _request, _response, _next) => {
      reached.push(error.message);
    };
    app.use(onError);
    const request = supertest(app);
    for (const path of ['json', 'self', 'twice', 'undefined', 'thrown', 'late'])
      await request.get(`/answers/${path}`).expect(200);
    await request.get('/answers/missing').expect(404, { name: 'NotFoundError', message: 'none' });
    deepEqual(reached, []);
  });

  it('takes what the app has parsed as it finds it: body, cookies, session, user', async () => {
    @Plugin({ name: 'taker' })
    @JsonController('/take')
    class TakerPlugin {
      @Post() take(
        @Body() body: object,
        @CookieParam('flavour') flavour: string,
        @SessionParam('visits') visits: number,
        @Req() request: express.Request & { user?: unknown },
      ): unknown {
        return { body, flavour, visits, user: request.user };
      }
      @Get('/me') me(@CurrentUser() user: unknown): unknown {
        return user;
      }
    }
    const host = await started({
      plugins: [TakerPlugin],
      currentUserChecker: ({ request }) => (request as { user?: unknown }).user,
    });
    const app = express();
    app.use(express.json({ reviver: (key, value: unknown) => (key === 'n' ? Number(value) * 2 : value) }));
    app.use(cookieParser('secret'));
    app.use(session({ secret: 's', resave: false, saveUninitialized: true }));
    app.use((request, _response, next) => {
      Object.assign(request, { user: { name: 'ada' } });
      Object.assign(request.session, { visits: 3 });
      request.cookies = { flavour: 'vanilla' };
      next();
    });
    app.use('/api', host.handler);
    await supertest(app)
      .post('/api/take')
      .set('Cookie', 'flavour=chocolate')
      .send({ n: 21 })
      .expect(200, { body: { n: 42 }, flavour: 'vanilla', visits: 3, user: { name: 'ada' } });
    await supertest(app).get('/api/take/me').expect(200, { name: 'ada' });
  });

  it('sees the parameters of the path it is mounted at, and gives them back to the app', async () => {
    @Plugin({ name: 'tenants' })
    @JsonController('/rooms')
    class TenantsPlugin {
      @Get('/:room') room(
        @Param('tenant') tenant: string,
        @Param('room') room: string,
        @QueryParam('q') q: string,
      ): unknown {
        return { tenant, room, q };
      }
    }
    const host = await started({ plugins: [TenantsPlugin] });
    const app = express();
    app.use('/t/:tenant', Router({ mergeParams: true }).use(host.handler));
    app.use('/u/:tenant', host.handler);
    app.get('/u/:tenant/other', (request, response) => void response.json(request.params));
    await supertest(app).get('/t/acme/rooms/7?q=x').expect(200, { tenant: 'acme', room: '7', q: 'x' });
    await supertest(app).get('/u/acme/rooms/7?q=x').expect(200, { tenant: 'acme', room: '7', q: 'x' });
    await supertest(app).get('/u/acme/other').expect(200, { tenant: 'acme' });
  });

  it("hands errors to the app's own error handler where defaultErrorHandler is false", async () => {
    @Plugin({ name: 'thrower', timeouts: { requestMs: 20 } })
    @JsonController('/throw')
    class ThrowerPlugin {
      @Get('/error') error(): never {
        throw Object.assign(new Error('boom'), { secret: 'x' });
      }
      @Get('/null') null(): never {
        // oxlint-disable-next-line typescript/only-throw-error -- that is what is tested
        throw null;
      }
      @Get('/http') http(): never {
        throw new NotFoundError('none');
      }
      @Get('/never') never(): Promise<never> {
        return new Promise(() => undefined);
      }
      @Post('/body') body(@Body() body: object): object {
        return body;
      }
    }
    const host = await started({ plugins: [ThrowerPlugin], defaultErrorHandler: false });
    const app = express().use(host.handler);
    const onError: ErrorRequestHandler = (error: Error, _request, response, _next) => {
      response.status(418).json([error.name, error.message]);
    };
    app.use(onError);
    const request = supertest(app);
    await request.get('/throw/error').expect(418, ['Error', 'boom']);
    await request.get('/throw/null').expect(418, ['Error', 'Thrown: null']);
    await request.get('/throw/http').expect(418, ['NotFoundError', 'none']);
    match((await request.get('/throw/never').expect(418)).text, /did not answer within 20 ms/);
    match((await request.post('/throw/body').type('json').send('{').expect(418)).text, /SyntaxError/);
    await request.get('/throw/%ff').expect(404);
  });

  it('gives two hosts with one class their own instances, services and options', async () => {
    abstract class Clock {
      abstract now(): string;
    }
    @injectable()
    class Morning extends Clock {
      now(): string {
        return 'morning';
      }
    }
    @injectable()
    class Evening extends Clock {
      now(): string {
        return 'evening';
      }
    }
    @Plugin({ name: 'teller' })
    @JsonController('/tell')
    class TellerPlugin {
      count = 0;
      constructor(private readonly clock: Clock) {}
      @Get() tell(@CurrentUser() user: string): string {
        return `${user} ${this.clock.now()} ${++this.count}`;
      }
      @Authorized() @Get('/secret') secret(): string {
        return 'secret';
      }
    }
    const one = await started({
      plugins: [TellerPlugin],
      services: [[Clock, Morning]],
      currentUserChecker: () => 'ada',
      authorizationChecker: () => true,
    });
    const other = await started({
      plugins: [TellerPlugin],
      services: [[Clock, Evening]],
      currentUserChecker: () => 'bob',
      authorizationChecker: () => false,
      prefix: '/v2',
    });
    const app = express().use('/one', one.handler).use('/other', other.handler);
    const request = supertest(app);
    await request.get('/one/tell').expect(200, '"ada morning 1"');
    await request.get('/other/v2/tell').expect(200, '"bob evening 1"');
    await request.get('/one/tell').expect(200, '"ada morning 2"');
    await request.get('/one/tell/secret').expect(200);
    await request.get('/other/v2/tell/secret').expect(401);
    await one.close();
    await request.get('/one/tell').expect(503);
    await request.get('/other/v2/tell').expect(200, '"bob evening 2"');
  });
});

describe('prefixes', () => {
  afterEach(closeHosts);

  @Plugin({ name: 'own', prefix: 'own/' })
  @JsonController('/x')
  class OwnPrefix {
    @Get() answer(): string {
      return 'own';
    }
  }
  @Plugin({ name: 'none' })
  @JsonController('/x')
  class NoPrefix {
    @Get() answer(): string {
      return 'none';
    }
  }

  it("are the host's, then the settings' or the plugin's", async () => {
    const { request, host } = await serve({ plugins: [OwnPrefix, NoPrefix], prefix: '/api/' });
    await request.get('/api/own/x').expect(200, '"own"');
    await request.get('/api/x').expect(200, '"none"');
    deepEqual(
      host.plugins.flatMap(({ routes }) => routes.map(({ path }) => path)),
      ['/api/own/x', '/api/x'],
    );
    const set = await serve({
      plugins: [OwnPrefix, NoPrefix],
      settings: { own: { prefix: '/set' }, none: { prefix: 'other' } },
    });
    await set.request.get('/set/x').expect(200, '"own"');
    await set.request.get('/other/x').expect(200, '"none"');
    await set.request.get('/own/x').expect(404);
  });

  it('keep two plugins apart that have one route', async () => {
    @Plugin({ name: 'rival' })
    @JsonController('/x')
    class Rival {
      @Get() answer(): string {
        return 'rival';
      }
    }
    const taken = await serve({ plugins: [NoPrefix, Rival] });
    const { failure } = taken.host.plugins[1] ?? {};
    ok(failure?.fix.includes(`settings: { 'rival': { prefix: '/rival' } }`));
    const { request } = await serve({
      plugins: [NoPrefix, Rival],
      settings: { rival: { prefix: '/rival' } },
    });
    await request.get('/x').expect(200, '"none"');
    await request.get('/rival/x').expect(200, '"rival"');
  });
});
