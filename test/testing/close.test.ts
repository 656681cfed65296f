import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { injectable, preDestroy } from 'inversify';
import { Plugin } from 'plugboard';
import { testPlugin } from 'plugboard/testing';
import { bedOf, pluginThat } from './behaving-plugin.ts';
import { Clock, TillPlugin } from './till-plugin.ts';

describe('close() of a bed', () => {
  it('stops the plugin, and does nothing more when it is called again', async () => {
    const stopped: string[] = [];
    const bed = await bedOf({ onStop: () => stopped.push('stopped') });
    await Promise.all([bed.close(), bed.close()]);
    await bed.close();
    deepEqual(stopped, ['stopped']);
    equal(bed.host.plugins[0]?.state, 'stopped');
  });

  it('is what disposes of the bed', async () => {
    const bed = await bedOf({});
    await bed[Symbol.asyncDispose]();
    equal(bed.host.plugins[0]?.state, 'stopped');
  });

  it('is called by await using', async () => {
    const stopped: string[] = [];
    {
      await using bed = await bedOf({ onStop: () => stopped.push('stopped') });
      await bed.request.get('/run').expect(200);
    }
    deepEqual(stopped, ['stopped']);
  });

  it('rejects for a failed onStop, each time that it is called', async () => {
    const bed = await bedOf({
      onStop: () => {
        throw new Error('still busy');
      },
    });
    const left =
      /left something behind:\nbehaving: STOP_FAILED: .* failed while "behaving" stopped: still busy\n {2}Fix: Look at/;
    await rejects(bed.close(), left);
    await rejects(bed.close(), left);
  });

  it('rejects for an onStop that does not end', async () => {
    const bed = await testPlugin(pluginThat({ onStop: () => new Promise(() => undefined) }), {
      settings: { behaving: { timeouts: { stopMs: 5 } } },
    }).start();
    await rejects(bed.close(), /behaving: STOP_TIMEOUT: .* did not stop within 5 ms/);
  });

  it('rejects for all that failed: services, @preDestroy, services of the host', async () => {
    class Pool {
      onStop(): void {
        throw new Error('pool is busy');
      }
    }
    @injectable()
    class Cache {
      @preDestroy()
      clear(): void {
        throw new Error('cache is locked');
      }
    }
    class HostMiddleware {
      use(_request: object, _response: object, next: () => void): void {
        next();
      }

      onStop(): void {
        throw new Error('audit is full');
      }
    }
    @Plugin({ name: 'failing', services: [Pool, Cache] })
    class FailingPlugin {}
    const bed = await testPlugin(FailingPlugin, { middlewares: [HostMiddleware] }).start();
    await rejects(bed.close(), ({ message }: Error) => {
      match(message, /failing: STOP_FAILED: .*pool is busy/);
      match(message, /failing: STOP_FAILED: .*cache is locked/);
      match(message, /host: STOP_FAILED: .*audit is full/);
      return true;
    });
  });
});

describe('an error that escapes', () => {
  const fixture = join(import.meta.dirname, '../fixtures/testing/escape.ts');
  const run = async (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
    promisify(execFile)(process.execPath, ['--import', 'plugboard/register', fixture, ...args]);

  for (const way of ['timer', 'rejection', 'stop']) {
    it(`makes close() reject with its stack: ${way}`, async () => {
      const { stdout } = await run(way, 'handled');
      match(stdout, /left something behind:\nAn error escaped: RangeError: escaped from a/);
      match(stdout, /escape\.ts:\d+/);
      equal(stdout.match(/An error escaped/g)?.length, 1);
    });

    it(`is not charged to another bed that is open: ${way}`, async () => {
      const { stdout } = await run(way, 'handled', 'beside');
      equal(stdout.match(/An error escaped/g)?.length, 1);
      match(stdout, /quiet: closed/);
    });

    it(`does not end the process, so that close() is there to tell: ${way}`, async () => {
      const { stdout } = await run(way);
      equal(stdout.match(/An error escaped/g)?.length, 1);
    });
  }

  it('from the test itself still ends the process where nobody else listens', async () => {
    await rejects(run('test'), ({ code, stderr }: { code?: number; stderr?: string } & Error) => {
      equal(code, 1);
      match(stderr ?? '', /RangeError: escaped from the test/);
      return true;
    });
  });
});

describe('what a bed adds to the process', () => {
  const events = ['unhandledRejection', 'uncaughtException', 'uncaughtExceptionMonitor', 'exit', 'warning'];
  const listeners = (): number[] => events.map((event) => process.listenerCount(event));

  it('is gone when it is closed', async () => {
    const before = listeners();
    const beds = await Promise.all([bedOf({}), bedOf({})]);
    ok(listeners().join() !== before.join());
    await beds[0].close();
    await beds[1].close();
    deepEqual(listeners(), before);
  });

  it('is gone when it could not start', async () => {
    const before = listeners();
    await rejects(testPlugin(TillPlugin).start(), { code: 'MISSING_IMPORT' });
    await rejects(testPlugin(TillPlugin).autoMock().config({ lanes: 0 }).start(), { code: 'INVALID_CONFIG' });
    await rejects(testPlugin(TillPlugin, { services: [[Clock, Clock as never]] }).start());
    deepEqual(listeners(), before);
  });

  it('is gone when it closed with faults', async () => {
    const before = listeners();
    const bed = await bedOf({ onStop: () => Promise.reject(new Error('busy')) });
    await rejects(bed.close());
    deepEqual(listeners(), before);
  });
});
