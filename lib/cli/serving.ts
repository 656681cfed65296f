import type { Server } from 'node:http';
import type { Host, PluginStatus } from 'plugboard';
import { UsageError } from './usage-error.ts';

/** @throws UsageError for what is no port. */
export function portNumber(written: string): number {
  if (/^\d{1,5}$/.test(written) && Number(written) < 65_536) return Number(written);
  throw new UsageError(
    `PORT is "${written}", which is not a port.`,
    'plugboard start --port 3000, or PORT=3000 in the environment; 0 takes one that is free.',
  );
}

/** Closes the host on SIGTERM and SIGINT: requests finish, plugins stop, and the process ends with 0. */
export function closeOnSignals(host: Host): void {
  const close = (): void => {
    void host.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', close);
  process.once('SIGINT', close);
}

/** The pages and answers that can be looked at by their address alone. */
export function openUrls(plugins: readonly PluginStatus[], port: number): readonly string[] {
  const urls = plugins.flatMap(({ routes }) =>
    routes
      .filter(({ method, path }) => ['GET', 'ALL'].includes(method) && !/[:*{(]/.test(path))
      .map(({ path }) => `http://localhost:${port}${path || '/'}`),
  );
  return [...new Set(urls)].sort();
}

/** The port that a server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** What to open in a browser, or that it listens. */
export function openLines(plugins: readonly PluginStatus[], port: number): string {
  const urls = openUrls(plugins, port);
  if (urls.length === 0) return `\nListening on port ${port}.\n`;
  return `\nOpen:\n${urls.map((url) => `  ${url}`).join('\n')}\n`;
}
