import { equal, match, ok, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { Controller, Get, JsonController } from 'routing-controllers';
import supertest from 'supertest';
import express from 'express';
import { Plugin, type HostOptions } from 'plugboard';
import { closeHosts, quietHost } from './hosting.ts';

let arrived = (): void => undefined;
let release = (): void => undefined;
const stopped: string[] = [];

@Plugin({ name: 'slow' })
@JsonController('/slow')
class SlowPlugin {
  @Get() async answer(): Promise<string> {
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    arrived();
    await released;
    return stopped.length === 0 ? 'in time' : 'after the stop';
  }
  @Get('/fast') fast(): string {
    return 'fast';
  }
  onStop(): void {
    stopped.push('slow');
  }
}

@Plugin({ name: 'large' })
@Controller('/large')
class LargePlugin {
  @Get() answer(): string {
    return 'x'.repeat(20_000_000);
  }
}

async function listening(options: Partial<HostOptions> = {}): Promise<number> {
  const host = quietHost({ plugins: [SlowPlugin], ...options });
  const server = await host.listen(0, '127.0.0.1');
  return (server.address() as AddressInfo).port;
}

describe('host.listen', () => {
  afterEach(closeHosts);
  beforeEach(() => {
    stopped.length = 0;
  });

  it('starts the host and serves on a free port; several times where asked', async () => {
    const host = quietHost({ plugins: [SlowPlugin] });
    const [one, other] = await Promise.all([host.listen(0, '127.0.0.1'), host.listen(0, '127.0.0.1')]);
    await supertest(one).get('/slow/fast').expect(200, '"fast"');
    await supertest(other).get('/slow/fast').expect(200, '"fast"');
    await supertest(one).get('/nothing').expect(404);
    await host.close();
    equal(one.listening || other.listening, false);
  });

  it('has limits for slow clients, which may be set', async () => {
    const host = quietHost({ plugins: [] });
    const usual = await host.listen(0);
    equal(usual.requestTimeout, 30_000);
    equal(usual.headersTimeout, 15_000);
    const port = await listening({ limits: { headersTimeoutMs: 50, requestTimeoutMs: 100 } });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /slow/fast HTTP/1.1\r\nHost: here\r\n');
    match(await text(socket), /^HTTP\/1\.1 408 /);
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const host = quietHost({ plugins: [] });
    await rejects(host.listen(port, '127.0.0.1'), {
      code: 'PORT_IN_USE',
      message: `Port ${port} is in use by another process.`,
    });
    other.close();
    await rejects(host.listen(0, '203.0.113.1'), { code: 'LISTEN_FAILED' });
  });

  it('answers what is under way before it stops the plugins', async () => {
    const host = quietHost({ plugins: [SlowPlugin] });
    const server = await host.listen(0, '127.0.0.1');
    const { port } = server.address() as AddressInfo;
    const { answer } = await beginRequest(port);
    const closed = host.close();
    release();
    equal(await text(await answer), '"in time"');
    await closed;
    equal(stopped.length, 1);
    ok(!server.listening);
  });

  it('does so in an app of the embedder, too', async () => {
    const host = quietHost({ plugins: [SlowPlugin] });
    await host.start();
    const server = express().use(host.handler).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { answer } = await beginRequest(port);
    const closed = host.close();
    await supertest(server).get('/slow/fast').expect(503);
    release();
    equal(await text(await answer), '"in time"');
    await closed;
    equal(stopped.length, 1);
    server.close();
  });

  it('lets a slow client of such an app read what was answered at once', async () => {
    const host = quietHost({ plugins: [LargePlugin] });
    await host.start();
    const server = express().use(host.handler).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const [answer] = (await once(get({ port, host: '127.0.0.1', path: '/large' }), 'response')) as [
      IncomingMessage,
    ];
    let isClosed = false;
    const closed = host.close().then(() => (isClosed = true));
    await setImmediate();
    equal(isClosed, false);
    equal((await text(answer)).length, 20_000_000);
    await closed;
    server.close();
  });

  /** Resolves when the action has begun; what it gives resolves with the answer. */
  async function beginRequest(port: number): Promise<{ readonly answer: Promise<IncomingMessage> }> {
    const begun = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, host: '127.0.0.1', path: '/slow' }, resolve).on('error', reject);
    });
    await begun;
    return { answer };
  }
});
