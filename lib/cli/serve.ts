import { createHost, PluginError, readConfig, type Host, type HostConfig, type HostOptions } from 'plugboard';
import { consoleLog } from './console-log.ts';
import { exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { withProgress } from './progress.ts';
import { closeOnSignals, openLines, openUrls, portNumber, portOf } from './serving.ts';
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
}

/** Serves plugins until SIGTERM or SIGINT. Gives the host, or undefined where it could not be started: then the process ends with 1. */
export async function serve(
  hostOptions: HostOptions,
  { port, address, json, defaults }: ServeOptions,
): Promise<Host | undefined> {
  const written = port ?? process.env['PORT'];
  const wanted = written === undefined ? undefined : portNumber(written);
  const log = consoleLog({ json });
  const unsaid = await withoutSaid({ accessLog: true, ...defaults }, hostOptions.configFile);
  const host = createHost({ ...unsaid, ...hostOptions, log });
  closeOnSignals(host);
  try {
    await withProgress('Starting plugins', host.start());
    const open = portOf(await host.listen(wanted, address));
    await print(
      json ? listeningLine(host, open) : `${statusTable(host.plugins)}${openLines(host.plugins, open)}`,
    );
    log.open();
    return host;
  } catch (error) {
    const table = json || host.plugins.length === 0 ? '' : `${statusTable(host.plugins)}\n`;
    await print(table + explainStart(error, wanted), process.stderr);
    process.exitCode = exitCodes.problem;
    await host.close();
    return undefined;
  }
}

async function withoutSaid(defaults: HostConfig, configFile: HostOptions['configFile']): Promise<HostConfig> {
  const { config } = await readConfig(configFile);
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => !(key in config)));
}

function listeningLine({ plugins }: Host, port: number): string {
  return JSON.stringify({ event: 'listening', port, urls: openUrls(plugins, port), plugins });
}

function explainStart(error: unknown, port = 3_000): string {
  if (!(error instanceof PluginError) || error.code !== 'PORT_IN_USE') return explainError(error);
  return `${error.message}\nFix: Stop the other process, or take another port: --port ${port + 1}, or PORT=${port + 1}.`;
}
