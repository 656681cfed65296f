import { describeThrown } from '../errors/lifecycle-errors.ts';
import type { LogTarget } from './logger.ts';

/** The same log, whose failures reach nobody who writes into it: the first is said on standard error. */
export function unfailingLog(target: LogTarget): LogTarget {
  let isTold = false;
  const failed = (error: unknown): void => {
    if (isTold) return;
    isTold = true;
    process.stderr.write(
      `Plugboard: the log has failed, and lines of it are lost: ${describeThrown(error)}\n` +
        'Look at what was given as createHost({ log }). This is said once; the host goes on.\n',
    );
  };
  const write =
    (level: keyof LogTarget) =>
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
