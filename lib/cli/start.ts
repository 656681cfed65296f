import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join, resolve } from 'node:path';
import { createHost, PluginError, type Host } from 'plugboard';
import { consoleLog } from './console-log.ts';
import { statusTable } from './status-table.ts';

export interface StartOptions {
  readonly folder: string;
  /** As it was written; 0 takes a free one. */
  readonly port: string;
}

/** Serves every plugin of a folder until SIGTERM or SIGINT; then lets requests finish, stops the plugins and exits with 0. */
export async function start({ folder, port }: StartOptions): Promise<void> {
  const problem = wrongPort(port) ?? missingFolder(folder);
  if (problem) {
    refuse(problem);
    return;
  }
  const log = consoleLog();
  const host = createHost({ plugins: [folder], log });
  closeOnSignals(host);
  try {
    await host.start();
    const server = await host.listen(Number(port));
    process.stdout.write(`${statusTable(host.plugins)}\n${openLines(host, server)}\n`);
    log.open();
  } catch (error) {
    refuse(`${statusTable(host.plugins)}\n${explain(error, Number(port))}`);
    await host.close();
  }
}

function wrongPort(port: string): string | undefined {
  if (/^\d{1,5}$/.test(port) && Number(port) < 65_536) return undefined;
  return `PORT is "${port}", which is not a port.\nFix: PORT=3000 npm start, or PORT=0 for one that is free.`;
}

function missingFolder(folder: string): string | undefined {
  if (existsSync(folder)) return undefined;
  const path = resolve(folder);
  return `There is no folder ${path}.\nFix: make it and put a plugin in: ${join(path, 'hello', 'index.ts')}, with a class that has @Plugin({ name: 'hello' }).`;
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 1;
}

function openLines(host: Host, server: Server): string {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  const urls = host.plugins.flatMap(({ routes }) =>
    routes
      .filter(({ method, path }) => ['GET', 'ALL'].includes(method) && !/[:*{(]/.test(path))
      .map(({ path }) => `  http://localhost:${port}${path || '/'}`),
  );
  if (urls.length === 0) return `\nListening on port ${port}.\n`;
  return `\nOpen:\n${[...new Set(urls)].sort().join('\n')}\n`;
}

function explain(error: unknown, port: number): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof PluginError)) return error.stack ?? error.message;
  const elsewhere = `Stop the other process, or take another port: PORT=${port + 1} npm start`;
  return `${error.message}\nFix: ${error.code === 'PORT_IN_USE' ? elsewhere : error.fix}`;
}

function closeOnSignals(host: Host): void {
  const close = (): void => {
    void host.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', close);
  process.once('SIGINT', close);
}
