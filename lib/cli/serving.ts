import type { Server } from 'node:http';
import { constants } from 'node:os';
import type { PluginStatus } from 'plugboard';
import { UsageError } from './usage-error.ts';

/**
 * The port that is written on the command line or in the variable `PORT`; undefined where neither says one.
 *
 * @throws UsageError for what is no port.
 */
export function wantedPort(option: string | undefined): number | undefined {
  const written = option ?? (process.env['PORT'] || undefined);
  if (written === undefined || isPort(written)) return written === undefined ? undefined : Number(written);
  throw new UsageError(
    `${option === undefined ? 'PORT' : '--port'} is "${written}", which is not a port.`,
    'plugboard start --port 3000, or PORT=3000 in the environment; 0 takes one that is free.',
  );
}

function isPort(written: string): boolean {
  return /^\d{1,5}$/.test(written) && Number(written) < 65_536;
}

/** Resolves at the first SIGTERM or SIGINT. A later one ends the process at once, as if nobody listened. */
export async function toldToEnd(): Promise<void> {
  await new Promise<void>((resolve) => {
    let first: number | undefined;
    const told = (signal: 'SIGTERM' | 'SIGINT'): void => {
      if (first === undefined) {
        first = performance.now();
        resolve();
        // A key press may come twice: from the terminal, and passed on by npm.
      } else if (performance.now() - first > sameKeyPressMs) process.exit(128 + constants.signals[signal]);
    };
    process.on('SIGTERM', told);
    process.on('SIGINT', told);
  });
}

const sameKeyPressMs = 500;

/** Where a server listens. */
export interface Listening {
  readonly port: number;
  /** As it is written in a URL. */
  readonly host: string;
}

export function listeningOf(server: Server): Listening {
  const at = server.address();
  if (at === null || typeof at === 'string') return { port: 0, host: 'localhost' };
  const isHere = /^(::|::1|0\.0\.0\.0|127\.0\.0\.1)$/.test(at.address);
  const named = at.family === 'IPv6' ? `[${at.address}]` : at.address;
  return { port: at.port, host: isHere ? 'localhost' : named };
}

/** The pages and answers that can be looked at by their address alone. */
export function openUrls(plugins: readonly PluginStatus[], { host, port }: Listening): readonly string[] {
  const urls = plugins.flatMap(({ routes }) =>
    routes
      .filter(({ method, path }) => ['GET', 'ALL'].includes(method) && !/[:*{(]/.test(path))
      .map(({ path }) => `http://${host}:${port}${path || '/'}`),
  );
  return [...new Set(urls)].sort();
}

/** What to open in a browser, or that it listens. */
export function openLines(plugins: readonly PluginStatus[], at: Listening): string {
  const urls = openUrls(plugins, at);
  if (urls.length === 0) return `\nListening on port ${at.port}.\n`;
  return `\nOpen:\n${urls.map((url) => `  ${url}`).join('\n')}\n`;
}
