import { deepEqual, equal } from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import { Get, JsonController } from 'routing-controllers';
import { spy } from 'sinon';
import { RequestSignal } from '#lib/http/request-signal.js';
import { waitingLine } from '#lib/http/waiting-line.js';
import { serve } from './served-app.ts';

const users = new AsyncLocalStorage<string>();
const asUser: RequestHandler = (request, _response, next) => {
  users.run(request.path, next);
};
let aborted: unknown[] = [];

@JsonController()
class Slow {
  @Get('/soon')
  async soon() {
    return Promise.resolve({ answered: true });
  }

  @Get('/fails')
  async fails() {
    return Promise.reject(new Error('failed'));
  }

  @Get('/never{/:id}')
  async never(@RequestSignal() signal: AbortSignal) {
    signal.addEventListener('abort', () => aborted.push(users.getStore()));
    return new Promise(() => undefined);
  }
}

describe('the time limit of a request', () => {
  beforeEach(() => {
    aborted = [];
  });

  it('ends with its answer', async () => {
    // A limit that nobody else has, and so a line of this test's own.
    const line = waitingLine(7_654_321);
    const add = spy(line, 'add');
    const remove = spy(line, 'remove');
    await serve([Slow], { requestMs: 7_654_321 }).request.get('/soon').expect(200, { answered: true });
    equal(add.callCount, 1);
    deepEqual(remove.args, add.args);
  });

  it('ends with an error that is the answer', async () => {
    const line = waitingLine(7_654_323);
    const add = spy(line, 'add');
    const remove = spy(line, 'remove');
    await serve([Slow], { requestMs: 7_654_323 }).request.get('/fails').expect(500);
    equal(add.callCount, 1);
    deepEqual(remove.args, add.args);
  });

  it('ends with the answer of an action that goes on, too', async () => {
    const line = waitingLine(7_654_322);
    const add = spy(line, 'add');
    const remove = spy(line, 'remove');
    await serve([Slow], { requestMs: 7_654_322, goesOn: true }).request.get('/soon').expect(200);
    equal(add.callCount, 1);
    deepEqual(remove.args, add.args);
  });

  it('is up in the async context of its own request', async () => {
    const { request } = serve([Slow], { requestMs: 20, before: [asUser] });
    const paths = ['/never/1', '/never/2', '/never/3'];
    await Promise.all(paths.map(async (path) => request.get(path).expect(504)));
    deepEqual(new Set(aborted), new Set(paths));
  });

  it('is the plugin’s own', async () => {
    const short = serve([Slow], { requestMs: 20 });
    const long = serve([Slow], { requestMs: 60 });
    const order: string[] = [];
    await Promise.all([
      long.request
        .get('/never')
        .expect(504)
        .then(() => order.push('long')),
      short.request
        .get('/never')
        .expect(504)
        .then(() => order.push('short')),
    ]);
    deepEqual(order, ['short', 'long']);
  });
});
