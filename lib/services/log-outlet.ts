import { plainError } from '../errors/plain-error.ts';
import type { Audience } from './audience.ts';
import { reaches, type LineLevel, type LogLevel } from '../plugin/log-level.ts';
import type { LogTarget } from './logger.ts';
import { masked } from './masked.ts';
import type { LoggedLine } from './monitor.ts';
import type { Secrets } from './secrets.ts';
import { sayingOnce, type LogFailureListener } from './log-failure.ts';
import { unfailingLog } from './unfailing-log.ts';

/**
 * Where the lines of the host go, or those of one plugin: to the log that the app has given, and to whoever listens. Never
 * fails. A level of its own goes before that of the app's log where that is pino's; any other log keeps the last word.
 */
export class LogOutlet implements LogTarget {
  #level: LogLevel | undefined;
  readonly #pino: PinoLike | undefined;
  readonly #target: LogTarget;

  constructor(
    /** What the app has given. */
    private readonly given: LogTarget,
    private readonly lines: Audience<LoggedLine>,
    /** No line has one of them. */
    private readonly secrets: Secrets,
    private readonly plugin?: string,
    private readonly failed: LogFailureListener = sayingOnce(),
  ) {
    this.#pino = isPino(given) && plugin !== undefined ? given.child({ plugin }) : undefined;
    this.#target = unfailingLog(this.#pino ?? given, failed);
  }

  /** That of one plugin, with its name in every line. */
  forPlugin(plugin: string): LogOutlet {
    return new LogOutlet(this.given, this.lines, this.secrets, plugin, this.failed);
  }

  /** Undefined: as the app's log has it. */
  get level(): LogLevel | undefined {
    return this.#level;
  }
  set level(level: LogLevel | undefined) {
    this.#level = level;
    if (this.#pino && level) this.#pino.level = level;
  }

  /** Whether anything becomes of a line. */
  isEnabled(level: LineLevel): boolean {
    if (this.#level !== undefined) return reaches(level, this.#level);
    return isPino(this.given) ? this.given.isLevelEnabled(level) : true;
  }

  trace(fields: object, message: string): void {
    this.#write('trace', fields, message);
  }
  debug(fields: object, message: string): void {
    this.#write('debug', fields, message);
  }
  info(fields: object, message: string): void {
    this.#write('info', fields, message);
  }
  warn(fields: object, message: string): void {
    this.#write('warn', fields, message);
  }
  error(fields: object, message: string): void {
    this.#write('error', fields, message);
  }

  #write(level: LineLevel, given: object, text: string): void {
    if (!this.isEnabled(level)) return;
    this.#followApp();
    const fields = masked(given, this.secrets);
    const message = masked(text, this.secrets);
    if (this.lines.isThere) this.#tell(level, fields, message);
    const { plugin } = this;
    this.#target[level](plugin === undefined || this.#pino ? fields : { plugin, ...fields }, message);
  }

  /** The app may have changed its level since. */
  #followApp(): void {
    if (!this.#pino || this.#level !== undefined) return;
    const { level } = this.given as PinoLike;
    if (this.#pino.level !== level) this.#pino.level = level;
  }

  #tell(level: LineLevel, given: object, message: string): void {
    const fields = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        value instanceof Error ? plainError(value) : value,
      ]),
    );
    const about: unknown = fields['plugin'] ?? this.plugin;
    const plugin = typeof about === 'string' ? about : undefined;
    this.lines.tell({ at: new Date(), level, plugin, message, fields });
  }
}

/** As much of pino as is needed here. */
interface PinoLike extends LogTarget {
  level: string;
  child(bindings: object): PinoLike;
  isLevelEnabled(level: string): boolean;
}

function isPino(target: LogTarget): target is PinoLike {
  const { child, isLevelEnabled, bindings } = target as Partial<PinoLike> & { bindings?: unknown };
  return [child, isLevelEnabled, bindings].every((method) => typeof method === 'function');
}
