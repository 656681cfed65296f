import 'reflect-metadata';
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Body, Get, JsonController, Post, UseBefore } from 'routing-controllers';
import { serve } from './served-app.ts';

@JsonController()
class Leaving {
  @Get('/apps')
  @UseBefore((_request: Request, _response: Response, next: NextFunction) => next('route'))
  apps(): string {
    return 'never';
  }

  @Get('/hasty')
  @UseBefore((_request: Request, _response: Response, next: NextFunction) => {
    next();
    throw new Error('too late');
  })
  hasty(): string {
    return 'answered';
  }

  @Get('/rejecting')
  @UseBefore(async (_request: Request, _response: Response, next: NextFunction) => {
    next();
    return Promise.reject(new Error('far too late'));
  })
  rejecting(): string {
    return 'answered';
  }

  @Post('/body')
  body(@Body() body: unknown): unknown {
    return body;
  }
}

describe('a request that has gone on to the app', () => {
  it('has the time that the app takes for it', async () => {
    const served = serve([Leaving], { requestMs: 10 });
    let calls = 0;
    served.app.use(async (_request, response) => {
      calls++;
      await setTimeout(40);
      response.json('from the app');
    });
    await served.request.get('/apps').expect(200, '"from the app"');
    assert.equal(calls, 1);
  });
});

describe('an error after next()', () => {
  for (const [path, message] of [
    ['/hasty', 'too late'],
    ['/rejecting', 'far too late'],
  ] as const) {
    it(`is told, and changes nothing of the answer: ${path}`, async () => {
      const { request, reported } = serve([Leaving]);
      await request.get(path).expect(200, '"answered"');
      assert.deepEqual(
        reported.map(({ error }) => (error as Error).message),
        [message],
      );
    });
  }
});

describe('a body of which a middleware has set the encoding', () => {
  it("is an error of the app's, and no uncaught one", async () => {
    const decode: RequestHandler = (request, _response, next) => {
      request.setEncoding('utf8');
      next();
    };
    const { request, reported } = serve([Leaving], { before: [decode] });
    await request
      .post('/body')
      .send({ text: 'x'.repeat(70_000) })
      .expect(500);
    assert.match(String(reported[0]?.error), /stream encoding should not be set/);
  });
});
