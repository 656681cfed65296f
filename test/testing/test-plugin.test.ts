import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Request } from 'express';
import session from 'express-session';
import { inject } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import { HttpRequest, Plugin, PluginError, Plugins, type HostOptions, type LogTarget } from 'plugboard';
import { testPlugin, type PluginTestBuilder } from 'plugboard/testing';
import { Clock, Currency, Prices, Rounding, TillConfig, TillPlugin } from './till-plugin.ts';

function till(options: Partial<HostOptions> = {}): PluginTestBuilder<TillPlugin> {
  return testPlugin(TillPlugin, options)
    .mock(Clock, { now: () => '12:00' })
    .mock(Rounding, (amount) => Math.round(amount))
    .mock(Currency, 'EUR');
}

async function rejection(start: Promise<unknown>): Promise<PluginError> {
  const error: unknown = await start.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  ok(error instanceof PluginError, `no PluginError: ${String(error)}`);
  return error;
}

describe('testPlugin', () => {
  it('serves one plugin with mocks in place of what it imports', async () => {
    const bed = await till().start();
    await bed.request.get('/till/price/apple').expect(200, { price: '5 EUR', at: '12:00' });
    await bed.close();
  });

  it('gives the real instance, its own services, its imports and the host', async () => {
    const bed = await till().start();
    ok(bed.plugin instanceof TillPlugin);
    deepEqual(bed.plugin.price('pear'), { price: '4 EUR', at: '12:00' });
    ok(bed.get(Prices) instanceof Prices);
    equal(bed.get(Prices), bed.plugin.prices);
    equal(bed.get(Clock), bed.plugin.clock);
    equal(bed.get(Clock), bed.mocks.get(Clock));
    deepEqual(
      bed.host.plugins.map(({ name, state }) => `${name} ${state}`),
      ['till running'],
    );
    throws(() => bed.get(Plugins), { code: 'TOKEN_NOT_OFFERED' });
    await bed.close();
  });

  it('shares nothing between two beds, of one builder or of two', async () => {
    const builder = till();
    const [first, second] = await Promise.all([builder.start(), builder.start()]);
    ok(first.plugin !== second.plugin);
    await first.close();
    await second.request.get('/till/price/fig').expect(200);
    await second.close();
  });

  it('keeps cookies between requests', async () => {
    const middlewares = [session({ secret: 'test', resave: false, saveUninitialized: true })];
    const bed = await till({ middlewares }).start();
    await bed.request.get('/till/visits').expect(200, { visits: 1 });
    await bed.request.get('/till/visits').expect(200, { visits: 2 });
    await bed.close();
  });

  it('takes a user from currentUserChecker', async () => {
    const bed = await till({ currentUserChecker: () => ({ name: 'ada' }) }).start();
    await bed.request.get('/till/cashier').expect(200, { cashier: 'ada' });
    await bed.close();
  });

  it('takes a middleware that puts something on the request', async () => {
    const bed = await till({
      middlewares: [
        (request, _response, next) => {
          Object.assign(request, { user: { name: 'grace' } });
          next();
        },
      ],
      currentUserChecker: ({ request }) => (request as Request & { user: unknown }).user,
    }).start();
    await bed.request.get('/till/cashier').expect(200, { cashier: 'grace' });
    await bed.close();
  });

  it('keeps what the plugin logs, and hands it to a log that the test gave', async () => {
    const passedOn: string[] = [];
    const write = (_fields: object, message: string): void => void passedOn.push(message);
    const log: LogTarget = { trace: write, debug: write, info: write, warn: write, error: write };
    const bed = await till({ log }).start();
    await bed.request.get('/till/price/apple').expect(200);
    deepEqual(
      bed.logs.filter(({ plugin }) => plugin === 'till'),
      [{ level: 'info', message: 'priced', plugin: 'till', article: 'apple' }],
    );
    deepEqual(passedOn, ['priced']);
    await bed.close();
  });

  it('keeps the error of a handler that failed', async () => {
    const bed = await till().start();
    await bed.request.get('/till/zone').expect(500);
    const [line] = bed.logs.filter(({ level }) => level === 'error');
    match(String(line?.['error']), /Clock\.zone was used/);
    await bed.close();
  });

  it('starts a plugin that shared settings have turned off', async () => {
    const bed = await till({ settings: { till: { enabled: false, config: { shop: 'mall' } } } }).start();
    equal(bed.plugin.config.shop, 'mall');
    await bed.close();
  });

  it('says what to install where supertest is not there', async () => {
    const fixture = join(import.meta.dirname, '../fixtures/testing/without-supertest.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      'plugboard/register',
      fixture,
    ]);
    match(stdout, /plugboard\/testing needs supertest: npm install --save-dev supertest @types\/supertest/);
  });

  it('refuses a class that is no plugin', () => {
    throws(() => testPlugin(Prices), /Prices is not a plugin: put @Plugin/);
  });
});

describe('the config of a test', () => {
  it('is an instance with defaults, in place of what settings say', async () => {
    const settings = { till: { config: { shop: 'mall', lanes: 3 } } };
    const bed = await till({ settings }).config({ lanes: 2 }).start();
    ok(bed.plugin.config instanceof TillConfig);
    deepEqual(Object.entries(bed.plugin.config), [
      ['shop', 'corner'],
      ['lanes', 2],
    ]);
    await bed.close();
  });

  it('makes start() reject where it is not valid, with every wrong value', async () => {
    const { code, message } = await rejection(till().config({ lanes: 0, shop: 5 }).start());
    equal(code, 'INVALID_CONFIG');
    match(message, /INVALID_CONFIG/);
    match(message, /settings\.till\.config\.lanes: lanes must not be less than 1/);
    match(message, /settings\.till\.config\.shop: shop must be a string/);
  });
});

describe('start() of a test', () => {
  it('lists every import that is missing, with the lines to add', async () => {
    const error = await rejection(testPlugin(TillPlugin).start());
    equal(error.code, 'MISSING_IMPORT');
    for (const name of ['Clock', 'rounding', 'currency']) {
      ok(error.message.includes(`  till → ${name}\n`), error.message);
      ok(error.fix.includes(`  .mock(${name}, { … })\n`), error.fix);
    }
    match(error.message, /Add before \.start\(\):[^]*\.autoMock\(\)/);
    ok(!error.message.includes('Printer') && !error.message.includes('Logger'));
  });

  it('rejects for a mock that nothing asks for', async () => {
    const error = await rejection(till().mock(HttpRequest, {}).start());
    equal(error.code, 'UNUSED_MOCK');
    match(error.message, /never asked for: HttpRequest\..*The plugin binds or imports: .*Clock/);
  });

  it('names the stray mock beside the missing import that it was meant for', async () => {
    const twin = { Clock: class Clock {} };
    const { message } = await rejection(testPlugin(TillPlugin).mock(twin.Clock, {}).start());
    match(message, /\.mock\(Clock, \{ … \}\)[^]*Given, but never asked for: Clock\./);
  });

  it('rejects for a plugin that is broken, with its code, message, fix and cause', async () => {
    const Database = class Database {};
    @Plugin({ name: 'broken' })
    class BrokenPlugin {
      constructor(@inject(Database) readonly database: object) {}

      onStart(): void {
        throw new RangeError('no database');
      }
    }
    const error = await rejection(testPlugin(BrokenPlugin).mock(Database, {}).start());
    equal(error.code, 'START_FAILED');
    equal(error.plugin, 'broken');
    equal(error.phase, 'start');
    match(
      error.message,
      /broken: START_FAILED: onStart\(\) of BrokenPlugin failed: no database\n {2}Fix: Look at/,
    );
    ok(error.cause instanceof Error);
    equal(error.cause.name, 'RangeError');
    match(String(error.cause.stack), /test-plugin\.test\.ts/);
  });

  it('rejects for a critical plugin in the same way', async () => {
    @Plugin({ name: 'vital', critical: true })
    class VitalPlugin {
      constructor() {
        throw new Error('too early');
      }
    }
    equal((await rejection(testPlugin(VitalPlugin).start())).code, 'CONSTRUCT_FAILED');
    equal(
      (await rejection(testPlugin(TillPlugin, { settings: { till: { critical: true } } }).start())).code,
      'MISSING_IMPORT',
    );
  });

  it('rejects with the fault of a host service, not with what followed from it', async () => {
    class BadMiddleware {
      constructor() {
        throw new Error('no key');
      }

      use(): void {}
    }
    await rejects(till({ middlewares: [BadMiddleware] }).start(), { code: 'HOST_SERVICE_FAILED' });
  });

  it('stops what had started before it rejects', async () => {
    const stopped: string[] = [];
    class Pool {
      onStop(): void {
        stopped.push('pool');
      }
    }
    @Plugin({ name: 'half', services: [Pool] })
    @JsonController()
    class HalfPlugin {
      constructor(readonly pool: Pool) {}

      @Get('/half')
      half(): string {
        return '';
      }
    }
    await rejection(testPlugin(HalfPlugin).mock(Clock, {}).start());
    deepEqual(stopped, ['pool']);
  });
});
