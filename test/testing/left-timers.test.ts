import { doesNotReject, equal, rejects } from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { testPlugin } from 'plugboard/testing';
import { bedOf, pluginThat, type Behaviour } from './behaving-plugin.ts';

const leftBehind = /A timer was left behind, started at .*left-timers\.test\.ts:\d+.*Clear it in onStop/;

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
    await rejects(bed.close(), leftBehind).finally(() => {
      abort.abort();
    });
  });

  it('is found where setImmediate is called again and again', async () => {
    let isOn = true;
    const turn = (): void => {
      if (isOn) setImmediate(turn);
    };
    const bed = await bedOf({ onStart: turn });
    await rejects(bed.close(), leftBehind).finally(() => {
      isOn = false;
    });
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

  it('is found among thousands that are over', async () => {
    const bed = await bedOf({
      onStart: () => {
        startTimeout();
        for (let count = 0; count < 5_000; count += 1) clearTimeout(setTimeout(() => undefined, 60_000));
        startInterval();
      },
    });
    await rejects(bed.close(), ({ message }: Error) => {
      equal(message.match(/A timer was left behind/g)?.length, 2);
      return true;
    });
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

  it('is not the time limit of a request that is still under way', async () => {
    const called = new EventEmitter();
    const plugin = pluginThat({
      request: () => {
        called.emit('run');
        return new Promise(() => undefined);
      },
    });
    const bed = await testPlugin(plugin, {
      middlewares: [
        (_request, _response, next) => {
          next();
        },
      ],
      settings: { behaving: { timeouts: { requestMs: 300 } } },
    }).start();
    const running = once(called, 'run');
    const answer = bed.request.get('/run').then(({ status }) => status);
    await running;
    await bed.close();
    equal(await answer, 504);
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
