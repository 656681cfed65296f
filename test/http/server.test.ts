import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { close, listen } from '#lib/http/server.js';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type { PluginError } from '#lib/errors/plugin-error.js';

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}

async function statusOf(port: number): Promise<number | undefined> {
  const [response] = (await once(http.get({ port }), 'response')) as [http.IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe('the server', () => {
  it('serves a handler, without naming Express, within sane limits', async () => {
    const server = await listen((_request, response) => void response.json('served'), 0);
    const response = await fetch(`http://localhost:${portOf(server)}/`);
    assert.equal(await response.json(), 'served');
    assert.equal(response.headers.get('x-powered-by'), null);
    assert.equal(server.requestTimeout, 30_000);
    assert.equal(server.headersTimeout, 15_000);
    await close(server);
    await close(server);
  });

  it('takes other limits, and cuts those who send their headers too slowly', async () => {
    const server = await listen((_request, response) => void response.end(), 0, 'localhost', {
      headersTimeoutMs: 100,
      requestTimeoutMs: 5000,
    });
    const socket = net.connect(portOf(server), 'localhost');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const [data] = (await once(socket, 'data')) as [Buffer];
    assert.match(String(data), /^HTTP\/1\.1 408/);
    socket.destroy();
    await close(server);
  });

  it('says which port is taken', async () => {
    const server = await listen((_request, response) => void response.end(), 0);
    await assert.rejects(
      listen(() => undefined, portOf(server)),
      (error: PluginError) => {
        assert.equal(error.code, 'PORT_IN_USE');
        assert.match(error.fix, /host\.listen\(\d+\)/);
        return true;
      },
    );
    await assert.rejects(
      listen(() => undefined, 0, 'not-an-address.invalid'),
      { code: 'LISTEN_FAILED' },
    );
    await close(server);
  });

  it('lets a request under way finish, and takes no more', async () => {
    const server = await listen(
      (_request, response) => void server.once('finish it', () => response.end()),
      0,
    );
    const port = portOf(server);
    const status = statusOf(port);
    await once(server, 'request');
    const closed = close(server);
    await assert.rejects(statusOf(port), { code: 'ECONNREFUSED' });
    server.emit('finish it');
    assert.equal(await status, 200);
    await closed;
  });

  it('lets a client read all of an answer, also where it reads slowly', async () => {
    const answer = Buffer.alloc(20_000_000);
    const server = await listen((_request, response) => void response.end(answer), 0);
    const [response] = (await once(http.get({ port: portOf(server) }), 'response')) as [http.IncomingMessage];
    const closed = close(server);
    assert.equal((await buffer(response)).length, answer.length);
    await closed;
  });

  it('waits for a server that somebody else has closed, too', async () => {
    const server = await listen(
      (_request, response) => void server.once('finish it', () => response.end()),
      0,
    );
    const status = statusOf(portOf(server));
    await once(server, 'request');
    server.close();
    let isClosed = false;
    const closed = close(server).then(() => (isClosed = true));
    await setImmediate();
    assert.equal(isClosed, false);
    server.emit('finish it');
    assert.equal(await status, 200);
    await closed;
  });

  it('cuts what does not finish in time', async () => {
    const server = await listen(() => undefined, 0);
    const cut = assert.rejects(statusOf(portOf(server)), /socket hang up|ECONNRESET/);
    await once(server, 'request');
    await close(server, 20);
    await cut;
  });
});
