import { deepEqual, equal, match, notEqual, rejects } from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Watched } from './owner.ts';

describe('servers, sockets and requests that are left', () => {
  let watched: Watched;
  beforeEach(() => {
    watched = new Watched({});
  });
  afterEach(() => {
    watched[Symbol.dispose]();
  });

  it('are closed, so that the port is free and whoever was connected hears of it', async () => {
    const port = await watched.run(async () => portOf(await listening(net.createServer())));
    const client = net.connect(port);
    await once(client, 'connect');
    const closed = once(client, 'close');
    const left = await watched.settle();
    match(left[0]?.startedAt ?? '', /network\.test\.ts:\d+:\d+$/);
    deepEqual(
      left.map(({ kind, closed: isClosed }) => [kind, isClosed]),
      [
        ['server', true],
        ['socket', true],
      ],
    );
    await closed;
    const again = await listening(net.createServer(), port);
    again.close();
  });

  it('are closed where the server speaks HTTP, and a client keeps its connection', async () => {
    const server = http.createServer((_request, response) => response.end('up'));
    const port = await watched.run(async () => portOf(await listening(server)));
    const agent = new http.Agent({ keepAlive: true });
    await answerOf(http.get({ port, agent }));
    deepEqual(await watched.kindsLeft(), ['1 server closed', '1 socket closed']);
    await rejects(answerOf(http.get({ port, agent: false })), { code: 'ECONNREFUSED' });
    agent.destroy();
  });

  it('are closed on pipes and datagrams as well', async () => {
    const path = join(
      process.platform === 'win32' ? String.raw`\\.\pipe` : tmpdir(),
      `ledger-${process.pid}`,
    );
    await watched.run(async () => {
      await listening(net.createServer(), path);
      createSocket('udp4');
      await once(createSocket('udp4').bind(0), 'listening');
    });
    deepEqual(await watched.kindsLeft(), ['1 server closed', '1 socket closed', '1 socket closed']);
  });

  it('are closed where they are connections to elsewhere', async () => {
    const server = await listening(net.createServer());
    const accepted = once(server, 'connection') as Promise<[net.Socket]>;
    await watched.run(async () => once(net.connect(portOf(server)), 'connect'));
    const [other] = await accepted;
    const closed = once(other.resume(), 'close');
    deepEqual(await watched.kindsLeft(), ['1 socket closed']);
    await closed;
    equal(server.listening, true);
    server.close();
  });

  for (const [name, ask] of Object.entries({
    'http.get': async (port: number) => answerOf(http.get({ port })),
    fetch: async (port: number) => (await fetch(`http://127.0.0.1:${port}`)).text(),
  })) {
    it(`are ended where ${name} still waits, and the pool's connections stay`, async () => {
      const server = http.createServer((request, response) => {
        if (request.url === '/') server.emit('asked', response);
      });
      const port = portOf(await listening(server));
      const asked = once(server, 'asked');
      const answer = rejects(watched.run(async () => ask(port)));
      await asked;
      deepEqual(await watched.kindsLeft(), ['1 request closed']);
      await answer;
      server.close();
    });

    it(`are none where ${name} has its answer, and others go on by the same connection`, async () => {
      const connections = new Set<net.Socket>();
      const server = http.createServer((_request, response) => response.end('up'));
      server.on('connection', (socket: net.Socket) =>
        connections.add(socket.on('close', () => connections.clear())),
      );
      const port = portOf(await listening(server));
      await watched.run(async () => ask(port));
      const waiting = watched.run(async () => ask(port), {});
      deepEqual(await watched.settle(), []);
      await waiting;
      await ask(port);
      notEqual(connections.size, 0);
      server.closeAllConnections();
      server.close();
    });
  }

  it('are none where their maker has closed them', async () => {
    await watched.run(async () => {
      const server = await listening(net.createServer((socket) => socket.end()));
      const socket = net.connect(portOf(server)).resume();
      await once(socket, 'close');
      const datagrams = createSocket('udp4').bind(0);
      await once(datagrams, 'listening');
      await Promise.all([once(server.close(), 'close'), once(datagrams.close(), 'close')]);
    });
    deepEqual(await watched.settle(), []);
  });

  it('are said to be open where closing them fails', async () => {
    const server = net.createServer();
    const close = server.close.bind(server);
    await watched.run(async () => listening(server));
    server.close = () => server;
    deepEqual(await watched.kindsLeft(), ['1 server named']);
    server.close = () => {
      throw new Error('It will not.');
    };
    deepEqual(await watched.kindsLeft(), ['1 server named']);
    equal(server.listening, true);
    close();
  });
});

async function listening<S extends net.Server>(server: S, at: number | string = 0): Promise<S> {
  await once(server.listen(at), 'listening');
  return server;
}

function portOf(server: net.Server): number {
  return (server.address() as AddressInfo).port;
}

async function answerOf(request: http.ClientRequest): Promise<void> {
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  await once(response.resume(), 'end');
}
