import { pino } from 'pino';
import type { LineLevel } from '../plugin/log-level.ts';
import { standardOutput } from './standard-output.ts';

/**
 * Each plugin's own log: `constructor(private readonly log: Logger)`. Every line carries the plugin's name.
 *
 * @example
 * this.log.info('order taken', { order: 7 });
 */
export abstract class Logger {
  abstract trace(message: string, fields?: object): void;
  abstract debug(message: string, fields?: object): void;
  abstract info(message: string, fields?: object): void;
  abstract warn(message: string, fields?: object): void;
  /** `fields.error` is written with its name, message, stack and cause. */
  abstract error(message: string, fields?: object): void;

  /** The same log, with `fields` in every line. */
  child(fields: object): Logger {
    return createLogger(levelsOf(this), fields);
  }
}

/** Anything that takes lines: pino itself, or an object with the same methods. */
export interface LogTarget {
  trace(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The host's log where none is given: JSON lines on standard output, `LOG_LEVEL` or `info`. */
export function defaultLog(): LogTarget {
  const level = process.env['LOG_LEVEL'] ?? 'info';
  return pino({ level, serializers: { error: pino.stdSerializers.errWithCause } }, standardOutput());
}

/** As what takes lines. */
function levelsOf(log: Logger): LogTarget {
  return {
    trace: (fields, message) => log.trace(message, fields),
    debug: (fields, message) => log.debug(message, fields),
    info: (fields, message) => log.info(message, fields),
    warn: (fields, message) => log.warn(message, fields),
    error: (fields, message) => log.error(message, fields),
  };
}

/** A view of `target` that adds `fields` to every line. */
export function createLogger(target: LogTarget, fields: object): Logger {
  const write =
    (level: LineLevel) =>
    (message: string, more?: object): void => {
      target[level]({ ...fields, ...more }, message);
    };
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (more) => createLogger(target, { ...fields, ...more }),
  };
}
