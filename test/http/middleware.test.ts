import assert from 'node:assert/strict';
import type { NextFunction, Request, Response } from 'express';
import {
  Get,
  JsonController,
  NotFoundError,
  UseAfter,
  UseBefore,
  type ExpressMiddlewareInterface,
} from 'routing-controllers';
import { serve, type AppSettings } from './served-app.ts';

class FailsAfterwards implements ExpressMiddlewareInterface {
  use(_request: Request, _response: Response, next: NextFunction): void {
    next();
    throw new Error('afterwards');
  }
}

function twice(_request: Request, _response: Response, next: NextFunction): void {
  next();
  next(new Error('a second time'));
}

async function rejects(): Promise<void> {
  throw new NotFoundError('rejected');
}

function takes(error: Error, _request: Request, response: Response, _next: NextFunction): void {
  response.status(418).json({ taken: error.message });
}

let calls = 0;

@JsonController()
class Sample {
  @Get('/afterwards')
  @UseBefore(FailsAfterwards)
  afterwards() {
    return { ok: true };
  }

  @Get('/twice')
  @UseBefore(twice)
  twice() {
    calls++;
    return { ok: true };
  }

  @Get('/rejects')
  @UseBefore(rejects)
  rejects() {
    return 'never';
  }

  @Get('/taken')
  @UseBefore(rejects)
  @UseAfter(takes)
  taken() {
    return 'never';
  }

  @Get('/plain')
  plain() {
    return { ok: true };
  }
}

describe('a middleware', () => {
  it('that fails after it has handed on leaves the answer alone, and the host is told', async () => {
    const { request, reported } = serve([Sample]);
    await request.get('/afterwards').expect(200, { ok: true });
    assert.match(String(reported[0]?.error), /afterwards/);
  });

  it('hands on once', async () => {
    calls = 0;
    await serve([Sample]).request.get('/twice').expect(200, { ok: true });
    assert.equal(calls, 1);
  });

  it('may be async, and its error be taken by an error middleware of the route', async () => {
    const { request } = serve([Sample]);
    await request.get('/rejects').expect(404, { name: 'NotFoundError', message: 'rejected' });
    await request.get('/taken').expect(418, { taken: 'rejected' });
  });

  it('of the host may be a function, before actions or for errors', async () => {
    const marks: NonNullable<AppSettings['middlewares']>[number] = (_request, response, next) => {
      response.set('x-marked', 'yes');
      next();
    };
    const middlewares = [takes as never, marks];
    const { request } = serve([Sample], { middlewares, options: { defaultErrorHandler: false } });
    await request.get('/plain').expect(200).expect('x-marked', 'yes');
    await request.get('/rejects').expect(418, { taken: 'rejected' });
  });

  it('may reject with nothing', async () => {
    // oxlint-disable-next-line prefer-promise-reject-errors -- anything can be a reason
    const middlewares = [() => Promise.reject()] as never;
    await serve([Sample], { middlewares }).request.get('/plain').expect(500);
  });
});

describe('a host whose log fails', () => {
  it('answers all the same', async () => {
    const onError = (): never => {
      throw new Error('the log fails');
    };
    await serve([Sample], { onError, middlewares: [() => Promise.reject(new Error('x'))] as never })
      .request.get('/plain')
      .expect(500);
  });
});
