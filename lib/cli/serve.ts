import { createHost, PluginError, readConfig, type Host, type HostConfig, type HostOptions } from 'plugboard';
import { consoleLog } from './console-log.ts';
import { exitCodes } from './exit-codes.ts';
import { errorJson, explainError } from './explain-error.ts';
import { withProgress } from './progress.ts';
import { listeningOf, openLines, openUrls, toldToEnd, wantedPort, type Listening } from './serving.ts';
import { statusTable } from './status-table.ts';
import { print } from './terminal.ts';

export interface ServeOptions {
  /** As it was written; 0 takes a free one. */
  readonly port?: string | undefined;
  readonly address?: string | undefined;
  /** Lines of JSON instead of text. */
  readonly json: boolean;
  /** Where neither the configuration file nor the environment says otherwise. */
  readonly defaults?: HostConfig | undefined;
  /** Called when it listens. */
  readonly opened?: (host: Host) => void;
}

/** Serves plugins until SIGTERM or SIGINT. Where the host can't be started, it says why, and the process ends with 1. */
export async function serve(hostOptions: HostOptions, options: ServeOptions): Promise<void> {
  const port = wantedPort(options.port);
  const { log, tellFailures } = consoleLog(options);
  const unsaid = await withoutSaid({ accessLog: true, ...options.defaults }, hostOptions.configFile);
  const host = createHost({ ...unsaid, ...hostOptions, log });
  const told = toldToEnd();
  const open = async (): Promise<void> => {
    await withProgress('Starting plugins', host.start());
    const at = listeningOf(await host.listen(port, options.address));
    await print(
      options.json ? listeningLine(host, at) : statusTable(host.plugins) + openLines(host.plugins, at),
    );
    tellFailures();
    options.opened?.(host);
  };
  try {
    await Promise.race([open(), told]);
    await told;
  } catch (error) {
    await refuseStart(host, error, { port, json: options.json });
    process.exitCode = exitCodes.problem;
  }
  await withProgress('Requests finish and plugins stop; the same again ends it at once', host.close());
}

async function withoutSaid(defaults: HostConfig, configFile: HostOptions['configFile']): Promise<HostConfig> {
  const { config } = await readConfig(configFile);
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => !(key in config)));
}

function listeningLine({ plugins }: Host, at: Listening): string {
  return JSON.stringify({ event: 'listening', port: at.port, urls: openUrls(plugins, at), plugins });
}

async function refuseStart(
  { plugins }: Host,
  error: unknown,
  { port, json }: { readonly port: number | undefined; readonly json: boolean },
): Promise<void> {
  if (json) await print(JSON.stringify({ event: 'failed', error: errorJson(error), plugins }));
  const table = json || plugins.length === 0 ? '' : `${statusTable(plugins)}\n`;
  await print(table + explainStart(error, port), process.stderr);
}

function explainStart(error: unknown, port = 3_000): string {
  if (!(error instanceof PluginError) || error.code !== 'PORT_IN_USE') return explainError(error);
  return `${error.message}\nFix: Stop the other process, or take another port: --port ${port + 1}, or PORT=${port + 1}.`;
}
