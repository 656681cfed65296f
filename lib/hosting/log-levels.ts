import { invalidLogLevel } from '../errors/host-errors.ts';
import { isLogLevel, type LogLevel } from '../plugin/log-level.ts';
import type { SupervisedPlugin } from '../supervision/supervised-plugin.ts';
import type { HostLog } from './host-log.ts';
import type { Roster } from './roster.ts';

/** From which level on each plugin's lines are written. */
export class LogLevels {
  /** By plugin: what was set while it runs goes before its settings. */
  readonly #set = new Map<string, LogLevel>();

  constructor(
    private readonly log: HostLog,
    private readonly roster: Roster,
  ) {}

  /** The settings of a plugin were read, for a generation that is about to come. */
  configured(row: SupervisedPlugin, level: LogLevel | undefined): void {
    row.logLevel = this.#set.get(row.name) ?? level;
    this.log.setLevel(row.name, row.logLevel);
  }

  /**
   * For all generations of a plugin, from now on; undefined: as its settings have it.
   *
   * @throws PluginError UNKNOWN_PLUGIN, INVALID_LOG_LEVEL
   */
  set(name: string, level: LogLevel | undefined): void {
    const { row, entry } = this.roster.named(name);
    if (level === undefined) this.#set.delete(name);
    else if (isLogLevel(level)) this.#set.set(name, level);
    else throw invalidLogLevel(name, level);
    this.configured(row, entry?.settings.logLevel);
  }
}
