import type { LogTarget } from './logger.ts';
import { masked } from './masked.ts';
import type { Secrets } from './secrets.ts';

/** The same log, which no known secret reaches. */
export function maskingLog(target: LogTarget, secrets: Secrets): LogTarget {
  const write =
    (level: keyof LogTarget) =>
    (fields: object, message: string): unknown =>
      // What it gives may be a promise that rejects.
      target[level](masked(fields, secrets), masked(message, secrets));
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}
