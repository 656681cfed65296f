import { equal, match } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import { EventStream } from '../../plugins/dashboard/live/event-stream.ts';

/** In characters. */
const long = 100_000;

describe("the dashboard's stream of events", () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** Both ends of one. */
  async function open(signal: AbortSignal): Promise<readonly [EventStream, IncomingMessage]> {
    const server = createServer();
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const reading = once(get({ port: (server.address() as AddressInfo).port }), 'response');
    const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
    const stream = new EventStream(withStatus(response), signal);
    const [reader] = (await reading) as [IncomingMessage];
    return [stream, reader.on('error', () => undefined)];
  }

  it('cuts off who does not read, before that fills the memory', async () => {
    const [stream] = await open(new AbortController().signal);
    for (let sent = 0; sent < 20; sent += 1) stream.send('log', { message: 'x'.repeat(long) });
    await stream.ended;
    stream.send('log', { message: 'to nobody' });
  });

  it('ends where its plugin does, also where that was before', async () => {
    const abortion = new AbortController();
    const [stream, reader] = await open(abortion.signal);
    abortion.abort();
    match(await textOf(reader), /^retry: 1000\n\n$/);
    await stream.ended;
    const [late] = await open(AbortSignal.abort());
    await late.ended;
  });
});

async function textOf(reader: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  for await (const part of reader.setEncoding('utf8')) parts.push(String(part));
  equal(reader.complete, true);
  return parts.join('');
}

/** The two methods of Express that a stream uses. */
function withStatus(response: ServerResponse): Response {
  return Object.assign(response, {
    status: () => response,
    set: (headers: Record<string, string>) => response.setHeaders(new Map(Object.entries(headers))),
  }) as unknown as Response;
}
