import { invalidLogLevel } from '../errors/host-errors.ts';
import { isLogLevel, type LogLevel } from '../plugin/log-level.ts';
import type { Configuration } from './configuration.ts';
import type { HostLog } from './host-log.ts';
import type { Roster } from './roster.ts';

/** From which level on each plugin's lines are written. */
export class LogLevels {
  constructor(
    private readonly log: HostLog,
    private readonly roster: Roster,
    private readonly configuration: Configuration,
  ) {}

  /** As the settings have them, before any plugin is there. */
  begin(): void {
    for (const { plugin } of this.configuration.named) this.log.setLevel(plugin, this.#configured(plugin));
  }

  /**
   * For all generations of a plugin, from now on; undefined: as its settings have it.
   *
   * @throws PluginError UNKNOWN_PLUGIN, INVALID_LOG_LEVEL
   */
  set(name: string, level: LogLevel | undefined): void {
    const { row } = this.roster.named(name);
    if (level !== undefined && !isLogLevel(level)) throw invalidLogLevel(name, level);
    row.logLevel = level ?? this.#configured(name);
    this.log.setLevel(name, row.logLevel);
  }

  #configured(name: string): LogLevel | undefined {
    const { logLevel } = this.configuration.pluginNamed(name).settings;
    return isLogLevel(logLevel) ? logLevel : undefined;
  }
}
