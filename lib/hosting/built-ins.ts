import type { Supply } from '../container/plugin-container.ts';
import { controlTooEarly, controlTooLate, hostClosed } from '../errors/host-errors.ts';
import type { PluginAction } from '../plugin/actions.ts';
import { isExtensionPoint } from '../plugin/extension-point.ts';
import type { PluginDetails } from '../plugin/details.ts';
import type { LogLevel } from '../plugin/log-level.ts';
import type { PluginStatus } from '../plugin/status.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import { HostControl } from '../services/host-control.ts';
import { HttpRequest } from '../services/http-request.ts';
import { Logger } from '../services/logger.ts';
import { Monitor } from '../services/monitor.ts';
import { PluginInfo } from '../services/plugin-info.ts';
import { Plugins } from '../services/plugins.ts';
import type { Generation } from '../supervision/generation.ts';
import type { PlannedEntry } from './entry.ts';
import type { ExtensionBoard } from './extension-board.ts';
import type { HostLog } from './host-log.ts';
import type { LogLevels } from './log-levels.ts';
import type { MonitorBoard } from './monitor-board.ts';
import type { Operations } from './operations.ts';

export interface BuiltInSources {
  readonly log: HostLog;
  readonly extensions: ExtensionBoard;
  readonly monitors: MonitorBoard;
  readonly logLevels: LogLevels;
  readonly describeRequest: (request: object) => HttpRequest;
  statuses(): readonly PluginStatus[];
  /** Of what runs. */
  actionsOf(plugin: string): readonly PluginAction[];
  details(name: string): PluginDetails | undefined;
  /** What may be done with plugins; asked for when it is used. */
  operations(): Operations;
  /** Whether nothing can be done any more. */
  isClosed(): boolean;
  /** Whether this generation is in service. */
  isInService(entry: PlannedEntry): boolean;
}

/** The built-in services, as this generation of a plugin sees them. */
export function builtInsFor(
  entry: PlannedEntry,
  generation: Generation,
  sources: BuiltInSources,
): (token: Token) => Supply | undefined {
  const { loaded, settings } = entry;
  const { name, version, description } = loaded.identity;
  const known = new Map<Token, Supply>([
    [Logger, value(sources.log.loggerFor(name))],
    [PluginInfo, value(new PluginInfo(name, version, description, settings.prefix))],
    [
      Plugins,
      value(
        new Plugins(
          () => sources.statuses(),
          (plugin) => sources.actionsOf(plugin),
          (other) => sources.details(other),
        ),
      ),
    ],
    [HttpRequest, { kind: 'request', make: sources.describeRequest }],
  ]);
  if (settings.grants.includes('control'))
    known.set(HostControl, value(new Control(entry, generation, sources)));
  return (token) => {
    if (isExtensionPoint(token)) return value(sources.extensions.viewFor(generation, token));
    return token === Monitor ? value(sources.monitors.viewFor(generation)) : known.get(token);
  };
}

function value(service: object): Supply {
  return { kind: 'value', value: service };
}

/** What the host does for the app, for a plugin that may have it done. */
class Control extends HostControl {
  constructor(
    private readonly entry: PlannedEntry,
    private readonly generation: Generation,
    private readonly sources: BuiltInSources,
  ) {
    super();
  }

  override async load(plugin: string | Class): Promise<PluginStatus> {
    return this.#operations('load').load(plugin);
  }

  override async unload(name: string): Promise<PluginStatus> {
    return this.#operations('unload').unload(name);
  }

  override async reload(name: string): Promise<PluginStatus> {
    return this.#operations('reload').reload(name);
  }

  override async release(name: string): Promise<PluginStatus> {
    return this.#operations('release').release(name);
  }

  override setLogLevel(name: string, level: LogLevel | undefined): void {
    const { sources } = this;
    if (sources.isClosed()) throw hostClosed();
    sources.logLevels.set(name, level);
  }

  /**
   * Whoever is being started is part of a change: another one would wait for it, and it for that. So would one wait for whoever
   * has been replaced, and still answers.
   */
  #operations(call: string): Operations {
    const { entry, generation, sources } = this;
    const { row } = entry;
    if (sources.isClosed()) throw hostClosed();
    if (sources.isInService(entry)) return sources.operations().askedBy(row.name);
    throw isToCome(generation, row) ? controlTooEarly(row.name, call) : controlTooLate(row.name, call);
  }
}

function isToCome({ number }: Generation, { generation, state }: PlannedEntry['row']): boolean {
  return number > generation || (number === generation && state === 'starting');
}
