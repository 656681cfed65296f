import express, { type Express } from 'express';
import { once } from 'node:events';
import http, { type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type Host, type HostOptions, type Limits } from 'plugboard';
import { quietHost, type LogLine } from '../../host/hosting.ts';

/** A way of serving a host's plugins. */
interface Way {
  readonly name: string;
  /** Where the host is mounted. */
  readonly prefix: string;
  readonly serve: (host: Host, limits: Limits) => Promise<Server>;
}

/** All ways of serving: what is answered must be the same. */
export const ways: readonly Way[] = [
  { name: 'host.listen', prefix: '', serve: async (host) => host.listen(0, '127.0.0.1') },
  {
    name: 'an app on http.createServer',
    prefix: '/prefix',
    serve: async (host, limits) =>
      listening(http.createServer(serverSettings(limits), appOf(host) as http.RequestListener)),
  },
  {
    name: 'an app on createServer',
    prefix: '/prefix',
    serve: async (host, limits) => listening(createServer(appOf(host), serverSettings(limits))),
  },
];

/** A host that is served in one of the ways. */
export interface Served {
  readonly way: string;
  readonly port: number;
  /** In front of every path of the host. */
  readonly prefix: string;
  readonly host: Host;
  readonly server: Server;
  readonly logs: readonly LogLine[];
  readonly close: () => Promise<void>;
}

/** Serves a host of its own in each of the ways. */
export async function serveAll(options: HostOptions): Promise<readonly Served[]> {
  return Promise.all(ways.map(async (way) => serveIn(way, options)));
}

async function serveIn({ name, prefix, serve }: Way, options: HostOptions): Promise<Served> {
  const logs: LogLine[] = [];
  const host = quietHost(options, logs);
  await host.start();
  const server = await serve(host, options.limits ?? {});
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await host.close();
  };
  return { way: name, port, prefix, host, server, logs, close };
}

/**
 * Declares the same tests for each way of serving. `served` is there while a test runs; its log is empty of complaints
 * after each, unless the test says otherwise.
 */
export function inEachWay(options: () => HostOptions, declare: (served: () => Served) => void): void {
  for (const way of ways) {
    describe(`by ${way.name}`, () => {
      let served: Served | undefined;
      before(async () => {
        served = await serveIn(way, options());
      });
      after(async () => served?.close());
      declare(() => served as Served);
    });
  }
}

/** What a host has complained about: warnings and errors. */
export function complaints({ logs }: Served): string[] {
  return logs
    .filter(({ level }) => level === 'warn' || level === 'error')
    .map((line) => `${line.message} ${String(line['err'] ?? '')}`);
}

function appOf(host: Host): Express {
  return express().disable('x-powered-by').use('/prefix', host.handler);
}

/** What `host.listen` takes from its limits: a server of somebody else is set up by whom it belongs to. */
function serverSettings({ headersTimeoutMs, requestTimeoutMs }: Limits): http.ServerOptions {
  const settings = { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), connectionsCheckingInterval: 20 };
}

async function listening(server: Server): Promise<Server> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}
