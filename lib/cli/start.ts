import { createHost, PluginError, type Host } from 'plugboard';
import { consoleLog } from './console-log.ts';
import { statusTable } from './status-table.ts';

export interface StartOptions {
  readonly folder: string;
  readonly port: number;
}

/** Serves every plugin of a folder until SIGTERM or SIGINT; then lets requests finish, stops the plugins and exits with 0. */
export async function start({ folder, port }: StartOptions): Promise<void> {
  const log = consoleLog();
  const host = createHost({ plugins: [folder], log });
  closeOnSignals(host);
  try {
    await host.start();
    const server = await host.listen(port);
    const address = server.address();
    process.stdout.write(
      `${statusTable(host.plugins)}\n${openLines(host, typeof address === 'object' ? address?.port : port)}\n`,
    );
    log.open();
  } catch (error) {
    process.stderr.write(`${statusTable(host.plugins)}\n${explain(error, port)}\n`);
    await host.close();
    process.exitCode = 1;
  }
}

function openLines(host: Host, port: number | undefined): string {
  const urls = host.plugins.flatMap(({ routes }) =>
    routes
      .filter(({ method, path }) => ['GET', 'ALL'].includes(method) && !/[:*{(]/.test(path))
      .map(({ path }) => `  http://localhost:${port}${path || '/'}`),
  );
  if (urls.length === 0) return `\nListening on http://localhost:${port}, with no page to open.\n`;
  return `\nOpen:\n${[...new Set(urls)].sort().join('\n')}\n`;
}

function explain(error: unknown, port: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof PluginError && error.code === 'PORT_IN_USE') {
    return `${error.message}\nFix: Stop the other process, or take another port: PORT=${port + 1} npm start`;
  }
  return error instanceof PluginError
    ? `${error.message}\nFix: ${error.fix}`
    : (error.stack ?? error.message);
}

function closeOnSignals(host: Host): void {
  const close = (): void => {
    void host.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', close);
  process.once('SIGINT', close);
}
