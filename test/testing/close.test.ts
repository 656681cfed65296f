import { deepEqual, doesNotReject, equal, match, ok, rejects } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { injectable, preDestroy } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import { Plugin, type Class } from 'plugboard';
import { testPlugin, type TestBed } from 'plugboard/testing';
import { Clock, TillPlugin } from './till-plugin.ts';

interface Behaviour {
  construct?(): void;
  onStart?(): unknown;
  request?(): unknown;
  onStop?(): unknown;
}

interface Behaving {
  run(): unknown;
}

function pluginThat({ construct, onStart, request, onStop }: Behaviour): Class<Behaving> {
  @Plugin({ name: 'behaving' })
  @JsonController()
  class BehavingPlugin {
    constructor() {
      construct?.();
    }

    async onStart(): Promise<void> {
      await onStart?.();
    }

    @Get('/run')
    run(): unknown {
      return request?.() ?? {};
    }

    async onStop(): Promise<void> {
      await onStop?.();
    }
  }
  return BehavingPlugin;
}

async function bedOf(behaviour: Behaviour): Promise<TestBed<Behaving>> {
  return testPlugin(pluginThat(behaviour)).start();
}

const leftBehind = /A timer was left behind, started at .*close\.test\.ts:\d+.*Clear it in onStop/;

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

describe('a timer that a plugin leaves behind', () => {
  const timers: NodeJS.Timeout[] = [];
  const startInterval = (): void => void timers.push(setInterval(() => undefined, 60_000));
  const startTimeout = (): void => void timers.push(setTimeout(() => undefined, 60_000));

  afterEach(() => {
    for (const timer of timers.splice(0)) clearTimeout(timer);
  });

  for (const [phase, behaviour] of Object.entries({
    'its constructor': { construct: startTimeout },
    onStart: { onStart: startInterval },
    'onStart, after something was awaited': { onStart: async () => delay(1).then(startInterval) },
    'a request': { request: startTimeout },
    onStop: { onStop: startTimeout },
  } satisfies Record<string, Behaviour>)) {
    it(`makes close() reject with the line that started it, in ${phase}`, async () => {
      const bed = await bedOf(behaviour);
      await bed.request.get('/run').expect(200);
      await rejects(bed.close(), leftBehind);
    });
  }

  it('is found where the test itself calls the plugin', async () => {
    const bed = await bedOf({ request: startInterval });
    bed.plugin.run();
    await rejects(bed.close(), leftBehind);
  });

  it('is found where it hides in a promise of node:timers', async () => {
    const abort = new AbortController();
    const bed = await bedOf({
      onStart: () => {
        delay(60_000, undefined, { signal: abort.signal }).catch(() => undefined);
      },
    });
    await rejects(bed.close(), leftBehind);
    abort.abort();
  });

  it('is found where setImmediate is called again and again', async () => {
    let isOn = true;
    const turn = (): void => {
      if (isOn) setImmediate(turn);
    };
    const bed = await bedOf({ onStart: turn });
    await rejects(bed.close(), leftBehind);
    isOn = false;
  });

  it('does not count when it was cleared, was unreferenced or has fired', async () => {
    let interval: NodeJS.Timeout;
    const bed = await bedOf({
      onStart: async () => {
        interval = setInterval(() => undefined, 1);
        setInterval(() => undefined, 60_000).unref();
        AbortSignal.timeout(60_000);
        await new Promise((resolve) => setTimeout(resolve, 1));
      },
      onStop: () => {
        clearInterval(interval);
      },
    });
    await bed.request.get('/run').expect(200);
    await bed.close();
  });

  it('is not one of the test', async () => {
    const bed = await bedOf({});
    startTimeout();
    await bed.request.get('/run').expect(200);
    startInterval();
    await bed.close();
  });

  it('is not one of another test that runs at the same time', async () => {
    const [quiet, busy] = await Promise.all([
      bedOf({}),
      bedOf({ onStart: async () => delay(1).then(startTimeout) }),
    ]);
    await quiet.request.get('/run').expect(200);
    await doesNotReject(quiet.close());
    await rejects(busy.close(), leftBehind);
  });

  it('is not one of Node, of the host or of supertest', async () => {
    const server = http.createServer((_request, response) => response.end('up')).listen(0);
    await once(server, 'listening');
    const agent = new http.Agent({ keepAlive: true, timeout: 60_000 });
    const { port } = server.address() as AddressInfo;
    const bed = await bedOf({
      request: async () => {
        const request = http.get({ port, agent, timeout: 60_000 });
        const [response] = (await once(request, 'response')) as [http.IncomingMessage];
        await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(60_000) }).then((answer) =>
          answer.text(),
        );
        response.resume();
        await once(response, 'end');
        return delay(2).then(() => ({ ok: true }));
      },
    });
    await bed.request.get('/run').timeout(60_000).expect(200, { ok: true });
    await bed.close();
    agent.destroy();
    server.closeAllConnections();
    server.close();
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

    it(`still ends the process where nobody else listens: ${way}`, async () => {
      await rejects(run(way), ({ code, stderr }: { code?: number; stderr?: string } & Error) => {
        equal(code, 1);
        match(stderr ?? '', /RangeError: escaped from a/);
        return true;
      });
    });
  }
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
