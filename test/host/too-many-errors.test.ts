import { deepEqual, equal, match } from 'node:assert/strict';
import { Get, JsonController, NotFoundError } from 'routing-controllers';
import { Plugin, type Class } from 'plugboard';
import { deferred } from '../support/deferred.ts';
import { closeHosts, serve, statusOf } from './hosting.ts';

let isBroken = false;

function shop(supervise: object): Class {
  @Plugin({ name: 'shop', supervise })
  @JsonController('/shop')
  class Shop {
    @Get() answer(): string {
      if (isBroken) throw new Error('the connection is gone');
      return 'here';
    }
    @Get('/none') none(): string {
      throw new NotFoundError();
    }
  }
  return Shop;
}

describe('a plugin whose requests fail', () => {
  beforeEach(() => {
    isBroken = true;
  });
  afterEach(closeHosts);

  it('is started anew when too many of them do, and serves meanwhile', async () => {
    const { host, request } = await serve({
      plugins: [shop({ errors: { minimum: 4, ratio: 0.5 }, backoff: { initialMs: 1 } })],
    });
    const running = deferred();
    host.on('plugin:running', () => running.resolve());
    const messages: string[] = [];
    host.on('plugin:failure', ({ error }) => messages.push(`${error.code}: ${error.message}`));
    for (let count = 0; count < 4; count++) await request.get('/shop').expect(500);
    isBroken = false;
    await request.get('/shop').expect(200);
    await running.promise;
    deepEqual([statusOf(host, 'shop').generation, statusOf(host, 'shop').failure], [2, undefined]);
    equal(messages.length, 1);
    match(
      messages[0] ?? '',
      /^TOO_MANY_ERRORS: 4 of 4 requests of "shop" failed within 10000 ms.*connection is gone/,
    );
  });

  it('goes on where most are well, where the client is at fault, and where nobody counts', async () => {
    const { host, request } = await serve({ plugins: [shop({ errors: { minimum: 4, ratio: 0.5 } })] });
    isBroken = false;
    for (let count = 0; count < 6; count++) await request.get('/shop').expect(200);
    for (let count = 0; count < 6; count++) await request.get('/shop/none').expect(404);
    isBroken = true;
    for (let count = 0; count < 4; count++) await request.get('/shop').expect(500);
    equal(statusOf(host, 'shop').failure, undefined);

    const uncounted = await serve({ plugins: [shop({ errors: false })] });
    for (let count = 0; count < 60; count++) await uncounted.request.get('/shop').expect(500);
    equal(statusOf(uncounted.host, 'shop').failure, undefined);
  });

  it('is quarantined when starting anew does not help', async () => {
    const { host, request } = await serve({
      plugins: [shop({ intensity: 1, errors: { minimum: 2, ratio: 0.5 }, backoff: { initialMs: 1 } })],
    });
    const quarantined = deferred();
    host.on('plugin:quarantined', () => quarantined.resolve());
    const restarted = deferred();
    host.on('plugin:running', () => restarted.resolve());
    for (let count = 0; count < 2; count++) await request.get('/shop').expect(500);
    await restarted.promise;
    for (let count = 0; count < 2; count++) await request.get('/shop').expect(500);
    await quarantined.promise;
    await request.get('/shop').expect(503, { plugin: 'shop', state: 'quarantined' });
    equal(statusOf(host, 'shop').failure?.code, 'TOO_MANY_FAILURES');
  });
});

describe('a plugin with a limit of concurrency', () => {
  afterEach(closeHosts);

  it('refuses what is more at once, and takes it again afterwards', async () => {
    const entered = deferred();
    const left = deferred();
    @Plugin({ name: 'slow', supervise: { concurrency: 1 } })
    @JsonController('/slow')
    class Slow {
      @Get() async answer(): Promise<string> {
        entered.resolve();
        await left.promise;
        return 'done';
      }
    }
    const { request } = await serve({ plugins: [Slow] });
    const first = request.get('/slow').then(({ status }) => status);
    await entered.promise;
    const refused = await request.get('/slow').expect(503, { plugin: 'slow', state: 'running' });
    equal(refused.get('Retry-After'), '1');
    left.resolve();
    equal(await first, 200);
    await request.get('/slow').expect(200);
  });
});
