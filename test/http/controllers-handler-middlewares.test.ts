import { deepEqual, equal, match } from 'node:assert/strict';
import express, {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { controllersHandler } from 'plugboard';
import {
  BadRequestError,
  Body,
  Get,
  JsonController,
  Middleware,
  Param,
  Post,
  UnauthorizedError,
  UseAfter,
  UseBefore,
  type ExpressErrorMiddlewareInterface,
  type ExpressMiddlewareInterface,
} from 'routing-controllers';
import supertest from 'supertest';
import { Nothing, sideBySide } from './side-by-side.ts';

const traces: string[] = [];

@Middleware({ type: 'before' })
class Looking implements ExpressMiddlewareInterface {
  use(request: Request, _response: Response, next: NextFunction): void {
    traces.push(`before ${request.baseUrl}|${request.url}`);
    next();
  }
}

@Middleware({ type: 'before', priority: 10 })
class Rewriting implements ExpressMiddlewareInterface {
  use(request: Request, _response: Response, next: NextFunction): void {
    if (request.url === '/old') request.url = '/things';
    if (request.get('x-method')) request.method = request.get('x-method') ?? '';
    next();
  }
}

@Middleware({ type: 'before', priority: 5 })
class Guarding implements ExpressMiddlewareInterface {
  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    const word = request.get('x-word');
    if (word === 'answer') response.status(299).send('answered in front');
    else if (word === 'throw') throw new UnauthorizedError('thrown in front');
    else if (word === 'next') next(new BadRequestError('handed on in front'));
    else next();
  }
}

@Middleware({ type: 'after' })
class Behind implements ExpressMiddlewareInterface {
  use(request: Request, response: Response, next: NextFunction): void {
    traces.push(`after ${request.baseUrl}|${request.url} ${response.headersSent}`);
    next();
  }
}

@Middleware({ type: 'after' })
class Noting implements ExpressErrorMiddlewareInterface {
  // A property, not a method: only the instance has it.
  error = (error: Error, _request: Request, response: Response, next: NextFunction): void => {
    traces.push(`error ${error.message} ${response.headersSent}`);
    next(error);
  };
}

@Middleware({ type: 'after' })
class FailingBehind implements ExpressMiddlewareInterface {
  use(): void {
    throw new Error('behind');
  }
}

class UsedAfter implements ExpressErrorMiddlewareInterface {
  error(error: Error, _request: Request, _response: Response, next: NextFunction): void {
    traces.push(`route's error ${error.message}`);
    next(error);
  }
}

const leaving: RequestHandler = (_request, _response, next) => next('route');
const failing: RequestHandler = (_request, _response, next) =>
  next(Object.assign(new Error('by a function'), { status: 418 }));

@JsonController('/things')
@UseAfter(UsedAfter)
class ThingController {
  @Get()
  list() {
    traces.push('action');
    return ['thing'];
  }

  @Post()
  add(@Body() thing: object) {
    return thing;
  }

  @Get('/bad')
  bad() {
    throw new BadRequestError('bad thing');
  }

  @Get('/left')
  @UseBefore(leaving)
  left() {
    return 'never';
  }

  @Get('/failed')
  @UseBefore(failing)
  failed() {
    return 'never';
  }
}

@JsonController('/named')
class NamedController {
  @Get('/:name')
  named(@Param('name') name: string) {
    return { name };
  }
}

const appAnswers: ErrorRequestHandler = (error: Error, _request, response, next) => {
  if (response.headersSent) return next();
  response.status(490).send(`the app says ${error.message}`);
};
const middlewares = [Looking, Rewriting, Guarding, Behind, Noting];
const options = { controllers: [ThingController, NamedController], middlewares };

describe('global middlewares of a controllersHandler', () => {
  const plain = sideBySide(options, { traces, after: [appAnswers] });

  it('run before and after an action', async () => {
    const { traces, text } = await plain.ask((agent) => agent.get('/things'));
    equal(text, '["thing"]');
    deepEqual(traces, ['before |/things', 'action', 'after |/things true']);
  });

  it('run for what no route takes', async () => {
    const { traces, status } = await plain.ask((agent) => agent.get('/nowhere?a=1'));
    equal(status, 404);
    deepEqual(traces, ['before |/nowhere?a=1', 'after |/nowhere?a=1 false']);
  });

  it('may change the URL and the method, in the order of their priority', async () => {
    const { text } = await plain.ask((agent) => agent.get('/old'));
    equal(text, '["thing"]');
    const posted = await plain.ask((agent) => agent.put('/old').set('x-method', 'POST').send({ a: 1 }));
    equal(posted.text, '{"a":1}');
  });

  it('may answer by themselves', async () => {
    const { status, traces } = await plain.ask((agent) => agent.get('/things').set('x-word', 'answer'));
    equal(status, 299);
    deepEqual(traces, []);
  });

  it('that throw are answered, with no part of the route having seen it', async () => {
    const { status, text, traces } = await plain.ask((agent) => agent.get('/things').set('x-word', 'throw'));
    equal(status, 401);
    equal(text, 'thrown in front');
    deepEqual(traces, ['error thrown in front true']);
  });

  it('hand errors on to those after, then to the app', async () => {
    const { status, text, traces } = await plain.ask((agent) => agent.get('/things').set('x-word', 'next'));
    equal(status, 490);
    equal(text, 'the app says handed on in front');
    deepEqual(traces, ['error handed on in front false']);
  });

  it('see the error of an action after its answer', async () => {
    const { status, traces } = await plain.ask((agent) => agent.get('/things/bad'));
    equal(status, 400);
    deepEqual(traces.slice(1), ["route's error bad thing", 'error bad thing true']);
  });

  it('run after a route that is left', async () => {
    const { status, traces } = await plain.ask((agent) => agent.get('/things/left'));
    equal(status, 404);
    deepEqual(traces, ['before |/things/left', 'after |/things/left false']);
  });

  it('leave to the app what a function has handed on', async () => {
    const { status, text } = await plain.ask((agent) => agent.get('/things/failed'));
    equal(status, 490);
    equal(text, 'the app says by a function');
  });

  it('leave a malformed body and a malformed URL to the app', async () => {
    const body = await plain.ask((agent) =>
      agent.post('/things').set('content-type', 'application/json').send('{"a":'),
    );
    match(body.text, /^the app says .*JSON/);
    // The error's message is our own.
    await supertest(plain.ours)
      .get('/named/%zz')
      .expect(490, 'the app says The URL has malformed percent-encoding');
    await supertest(plain.theirs).get('/named/%zz').expect(490);
  });

  it('that fail behind an answer are told of, and cost the client nothing', async () => {
    const told: unknown[] = [];
    const onError = (error: unknown, { action }: { action: string }): never => {
      told.push([(error as Error).message, action]);
      throw new Error('the log fails, too');
    };
    const app = express().use(
      controllersHandler({
        controllers: [NamedController],
        middlewares: [FailingBehind],
        interceptors: [Nothing],
        onError,
      }),
    );
    await supertest(app).get('/named/ada').expect(200, { name: 'ada' });
    deepEqual(told, [['behind', 'middleware']]);
  });

  it('leave every error to the app where the app wants them', async () => {
    const handing = sideBySide({ ...options, defaultErrorHandler: false }, { traces, after: [appAnswers] });
    equal((await handing.ask((agent) => agent.get('/things/bad'))).text, 'the app says bad thing');
    equal(
      (await handing.ask((agent) => agent.get('/things').set('x-word', 'throw'))).text,
      'the app says thrown in front',
    );
  });

  it('act below the prefix only, which is not in their URL', async () => {
    const prefixed = sideBySide({ ...options, routePrefix: '/api' }, { traces });
    const { text, traces: noted } = await prefixed.ask((agent) => agent.get('/api/old'));
    equal(text, '["thing"]');
    deepEqual(noted, ['before /api|/things', 'action', 'after /api|/things true']);
    deepEqual((await prefixed.ask((agent) => agent.get('/things'))).traces, []);
    equal((await prefixed.ask((agent) => agent.get('/api'))).traces.length, 2);
  });

  it('know the parameters of the prefix', async () => {
    const versioned = sideBySide({ ...options, routePrefix: '/v:version' }, { traces });
    const { text, traces: noted } = await versioned.ask((agent) => agent.get('/v2/things'));
    equal(text, '["thing"]');
    deepEqual(noted, ['before /v2|/things', 'action', 'after /v2|/things true']);
  });
});
