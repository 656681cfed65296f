import type { LineLevel } from '../plugin/log-level.ts';
import type { LogFailureListener } from './log-failure.ts';
import type { LogTarget } from './logger.ts';

/** The same log, whose failures reach nobody who writes into it. */
export function unfailingLog(target: LogTarget, failed: LogFailureListener): LogTarget {
  const write =
    (level: LineLevel) =>
    (fields: object, message: string): void => {
      try {
        // It may be asynchronous all the same.
        const written: unknown = target[level](fields, message);
        if (written instanceof Promise) written.catch(failed);
      } catch (error) {
        failed(error);
      }
    };
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}
