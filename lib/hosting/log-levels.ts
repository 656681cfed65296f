import { invalidLogLevel } from '../errors/host-errors.ts';
import { isLogLevel, type LogLevel } from '../plugin/log-level.ts';
import type { PluginSettings } from '../plugin/settings.ts';
import type { HostLog } from './host-log.ts';
import type { Roster } from './roster.ts';

/** From which level on each plugin's lines are written. */
export class LogLevels {
  constructor(
    private readonly log: HostLog,
    private readonly roster: Roster,
    private readonly settings: Readonly<Record<string, PluginSettings>> = {},
  ) {
    for (const [name, { logLevel }] of Object.entries(settings)) {
      if (isLogLevel(logLevel)) log.setLevel(name, logLevel);
    }
  }

  /**
   * For all generations of a plugin, from now on; undefined: as its settings have it.
   *
   * @throws PluginError UNKNOWN_PLUGIN, INVALID_LOG_LEVEL
   */
  set(name: string, level: LogLevel | undefined): void {
    const { row } = this.roster.named(name);
    if (level !== undefined && !isLogLevel(level)) throw invalidLogLevel(name, level);
    const wanted = level ?? this.settings[name]?.logLevel;
    row.logLevel = isLogLevel(wanted) ? wanted : undefined;
    this.log.setLevel(name, row.logLevel);
  }
}
