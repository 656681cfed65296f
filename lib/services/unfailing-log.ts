import { describeThrown } from '../errors/lifecycle-errors.ts';
import type { LineLevel } from '../plugin/log-level.ts';
import type { LogTarget } from './logger.ts';

/** Told of what a log has thrown, or rejected with. */
export type LogFailureListener = (error: unknown) => void;

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

/** Says the first failure on standard error. */
export function sayingOnce(): LogFailureListener {
  let isTold = false;
  return (error) => {
    if (isTold) return;
    isTold = true;
    process.stderr.write(
      `Plugboard: the log has failed, and lines of it are lost: ${describeThrown(error)}\n` +
        'Look at what was given as createHost({ log }). This is said once; the host goes on.\n',
    );
  };
}
