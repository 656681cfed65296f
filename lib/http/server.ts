import express, { type RequestHandler } from 'express';
import { createServer, type Server } from 'node:http';
import { listenError } from '../errors/http-errors.ts';
import type { Limits } from './plugin-routes.ts';

/**
 * Serves a handler on a server of its own, in an Express app that has nothing else. Port 0 takes a free one. Default limits:
 * 15,000 ms for a request's headers, 30,000 ms for all of it.
 *
 * @throws {PluginError} `PORT_IN_USE`, `LISTEN_FAILED`, as a rejection.
 */
export async function listen(
  handler: RequestHandler,
  port: number,
  hostname?: string,
  limits: Limits = {},
): Promise<Server> {
  const app = express().disable('x-powered-by').use(handler);
  const { headersTimeoutMs: headersTimeout = 15_000, requestTimeoutMs: requestTimeout = 30_000 } = limits;
  // How often the limits are looked at: by default every 30 s, which would double the shorter one.
  const connectionsCheckingInterval = Math.max(100, Math.min(headersTimeout, requestTimeout, 30_000) / 4);
  const settings = { headersTimeout, requestTimeout, connectionsCheckingInterval };
  const server = createServer(settings, (request, response) => void app(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(port, hostname, error)));
    server.listen(port, hostname, resolve);
  });
  return server;
}

/**
 * Takes no more connections, closes the idle ones, lets requests under way finish; after `drainMs` (default 10,000) those
 * that are left are cut.
 */
export async function close(server: Server, drainMs = 10_000): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A connection that is busy now is idle when its request is served, and would be kept for another.
  const idle = setInterval(() => server.closeIdleConnections(), 25);
  const limit = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(limit);
}
