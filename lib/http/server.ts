import type { RequestHandler } from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { listenError } from '../errors/http-errors.ts';
import { createOwnApp } from './own-app.ts';
import type { Limits } from './plugin-routes.ts';
import { serverTimeouts } from './server-timeouts.ts';

/**
 * Serves a handler on a server of its own, as an Express app that has nothing else would. Port 0 takes a free one. Default
 * limits: 15,000 ms for a request's headers, 30,000 ms for all of it.
 *
 * @throws {PluginError} `PORT_IN_USE`, `LISTEN_FAILED`, as a rejection.
 */
export async function listen(
  handler: RequestHandler,
  port: number,
  hostname?: string,
  limits: Limits = {},
): Promise<Server> {
  const { listener, ...classes } = createOwnApp(handler);
  const { headersTimeoutMs: headersTimeout, requestTimeoutMs: requestTimeout } = limits;
  const server = createServer(
    { ...serverTimeouts({ headersTimeout, requestTimeout }), ...classes },
    listener,
  );
  spareWhatIsNotSent(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(port, hostname, error)));
    server.listen(port, hostname, resolve);
  });
  return server;
}

/** Node takes a connection for idle when its answer is ended, and would cut off what the client has not read of it yet. */
function spareWhatIsNotSent(server: Server): void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const closeIdleConnections = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    for (const { writableLength } of sockets) if (writableLength > 0) return;
    closeIdleConnections();
  };
}

/**
 * Takes no more connections, closes the idle ones, lets requests under way finish; after `drainMs` (default 10,000) those
 * that are left are cut. So it does where the server was closed by somebody else, and is not done yet.
 */
export async function close(server: Server, drainMs = 10_000): Promise<void> {
  if (!server.listening && (await connectionsOf(server)) === 0) return;
  const closed = once(server, 'close');
  if (server.listening) server.close();
  // A connection that is busy now is idle when its request is served, and would be kept for another.
  const idle = setInterval(() => server.closeIdleConnections(), 25);
  const limit = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(limit);
}

async function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.getConnections((_error, count) => resolve(count));
  });
}
