import assert from 'node:assert/strict';
import type { NextFunction, Request, Response } from 'express';
import {
  BadRequestError,
  Controller,
  Get,
  HttpError,
  JsonController,
  Res,
  UseBefore,
} from 'routing-controllers';
import { PluginError } from '#lib/errors/plugin-error.js';
import { serve } from './served-app.ts';

class Tea extends HttpError {
  constructor(status: number, message: string) {
    super(status, message);
    // As routing-controllers' own subclasses do: its constructor sets another prototype.
    Object.setPrototypeOf(this, Tea.prototype);
  }

  toJSON(): object {
    return { tea: this.message };
  }
}

const thrown: { value: unknown } = { value: undefined };

@JsonController()
class Thrower {
  @Get('/thrown')
  thrown() {
    throw thrown.value;
  }

  @Get('/rejected')
  async rejected() {
    throw thrown.value;
  }

  @Get('/used')
  @UseBefore((_request: Request, _response: Response, next: NextFunction) => next(thrown.value))
  used() {
    return 'used';
  }

  @Get('/half')
  half(@Res() response: Response) {
    response.write('half');
    throw new Error('in the middle');
  }

  @Get('/circular')
  circular() {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    throw Object.assign(new Tea(400, 'x'), { toJSON: () => circle });
  }
}

@Controller('/text')
class TextThrower {
  @Get('/thrown')
  thrown() {
    throw thrown.value;
  }
}

describe('an error', () => {
  const internal = { name: 'InternalServerError', message: 'Internal Server Error' };

  const secrets: readonly unknown[] = [
    null,
    undefined,
    '',
    'a secret',
    42,
    { httpCode: 400, secret: true },
    Object.assign(new Error('a secret'), { password: 'secret' }),
    Object.assign(new HttpError(503, 'a secret'), { password: 'secret' }),
  ];
  for (const [index, secret] of secrets.entries()) {
    it(`keeps what was thrown (${index}: ${typeof secret}) from the client, and tells the host`, async () => {
      thrown.value = secret;
      for (const path of ['/thrown', '/rejected']) {
        const { request, reported } = serve([Thrower]);
        const status = secret instanceof HttpError ? 503 : 500;
        const { body } = await request.get(path).set('x-request-id', 'r-1').expect(status);
        assert.deepEqual(body, { ...internal, requestId: 'r-1' });
        assert.equal(reported.length, 1);
        assert.equal(reported[0]?.requestId, 'r-1');
        assert.equal(reported[0]?.plugin, 'sample');
        assert.equal(reported[0]?.action, `Thrower.${path.slice(1)}`);
      }
    });
  }

  it('of the client tells its message and name, and nothing that it carries', async () => {
    thrown.value = Object.assign(new BadRequestError('wrong'), { password: 'secret' });
    const { request, reported } = serve([Thrower]);
    await request.get('/thrown').expect(400, { name: 'BadRequestError', message: 'wrong' });
    assert.deepEqual(reported, []);
  });

  it('with toJSON says what it wants to', async () => {
    thrown.value = new Tea(418, 'earl grey');
    await serve([Thrower]).request.get('/thrown').expect(418, { tea: 'earl grey' });
  });

  it('of another copy of routing-controllers counts by its httpCode', async () => {
    thrown.value = Object.assign(new Error('gone'), { name: 'GoneError', httpCode: 410 });
    await serve([Thrower]).request.get('/thrown').expect(410, { name: 'GoneError', message: 'gone' });
  });

  it('of http-errors counts where it is exposed', async () => {
    thrown.value = Object.assign(new Error('locked'), { status: 423, expose: true });
    await serve([Thrower]).request.get('/used').expect(423, { name: 'Error', message: 'locked' });
    thrown.value = Object.assign(new Error('locked'), { status: 423, expose: false });
    await serve([Thrower]).request.get('/used').expect(500);
  });

  it('shows message and stack in development only', async () => {
    thrown.value = new RangeError('visible');
    const { request } = serve([Thrower, TextThrower], { options: { development: true } });
    const { body, status } = await request.get('/thrown');
    assert.equal(status, 500);
    assert.equal((body as Error).name, 'RangeError');
    assert.equal((body as Error).message, 'visible');
    assert.match((body as { stack: string }).stack, /RangeError: visible/);
    assert.match((await request.get('/text/thrown')).text, /RangeError: visible\n/);
    thrown.value = null;
    assert.equal(((await request.get('/thrown')).body as Error).message, 'Thrown: null');
    thrown.value = Object.create(null);
    assert.match(((await request.get('/thrown')).body as Error).message, /without a string form/);
  });

  it('of a text action answers its message as plain text', async () => {
    thrown.value = new BadRequestError('<b>wrong</b>');
    const { text, headers } = await serve([TextThrower]).request.get('/text/thrown').expect(400);
    assert.equal(text, '<b>wrong</b>');
    assert.match(headers['content-type'] as string, /^text\/plain/);
    thrown.value = new Error('a secret');
    assert.match(
      (await serve([TextThrower]).request.get('/text/thrown').expect(500)).text,
      /^Internal Server Error \(request [-\w]{36}\)$/,
    );
  });

  it('takes the shape that errorBody gives', async () => {
    thrown.value = new BadRequestError('wrong');
    const errorBody = (error: unknown, request: unknown): object => ({
      fault: (error as Error).message,
      url: (request as Request).url,
    });
    const { request } = serve([Thrower, TextThrower], { errorBody });
    await request.get('/thrown').expect(400, { fault: 'wrong', url: '/thrown' });
    await request.get('/text/thrown').expect(400, { fault: 'wrong', url: '/text/thrown' });
  });

  it('is a plain 500, and both errors are told, where errorBody or toJSON itself fails', async () => {
    thrown.value = new BadRequestError('wrong');
    const failing = serve([Thrower, TextThrower], {
      errorBody: () => {
        throw new Error('errorBody fails');
      },
    });
    const { body } = (await failing.request.get('/thrown').expect(500)) as { body: Record<string, string> };
    assert.deepEqual([body['name'], body['message']], ['InternalServerError', 'Internal Server Error']);
    assert.match(body['requestId'] ?? '', /^[-\w]{36}$/);
    assert.match(
      (await failing.request.get('/text/thrown').expect(500)).text,
      /^Internal Server Error \(request /,
    );
    assert.match(String(failing.reported[0]?.error), /errorBody fails/);
    assert.equal(failing.reported[0]?.requestId, body['requestId']);

    thrown.value = Object.assign(new BadRequestError('wrong'), {
      toJSON: () => {
        throw new Error('toJSON fails');
      },
    });
    const { request, reported } = serve([Thrower]);
    await request.get('/thrown').expect(500);
    assert.match(String(reported[0]?.error), /toJSON fails/);
  });

  it('that JSON can not express is a plain 500', async () => {
    const { body } = (await serve([Thrower]).request.get('/circular').expect(500)) as {
      body: { message: string };
    };
    assert.equal(body.message, 'Internal Server Error');
  });

  it('after half an answer breaks the connection', async () => {
    const { request, reported } = serve([Thrower]);
    await assert.rejects(async () => request.get('/half'), /aborted|socket hang up/);
    assert.match(String(reported[0]?.error), /in the middle/);
  });

  it('that breaks the JSON of half an answer breaks the connection', async () => {
    thrown.value = null;
    const errorBody = (_error: unknown, request: unknown): unknown => {
      (request as Request).res?.write('half');
      throw new Error('errorBody fails');
    };
    await assert.rejects(
      async () => serve([Thrower], { errorBody }).request.get('/thrown'),
      /aborted|hang up|JSON/,
    );
  });

  it('is overridden by errorOverridingMap', async () => {
    thrown.value = new BadRequestError('wrong');
    const options = { errorOverridingMap: { BadRequestError: { message: 'other', code: 7 } } };
    await serve([Thrower], { options })
      .request.get('/thrown')
      .expect(400, { name: 'BadRequestError', message: 'other', code: 7 });
  });

  it('goes to the app where the host wants that', async () => {
    thrown.value = new PluginError({ code: 'X', message: 'm', fix: 'f', plugin: 'p', phase: 'request' });
    const { app, request } = serve([Thrower], { options: { defaultErrorHandler: false } });
    app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
      response.status(599).json({ same: error === thrown.value });
    });
    for (const path of ['/thrown', '/rejected', '/used']) await request.get(path).expect(599, { same: true });
  });
});
