import type { LogTarget } from 'plugboard';

/** One line that the host or a plugin logged. */
export interface LogLine {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  /** The plugin's name, for lines of its `Logger`. */
  readonly plugin?: string | undefined;
  readonly [field: string]: unknown;
}

/** A log that keeps its lines, and writes them on where the test gave a log. */
export function captureLog(lines: LogLine[], further?: LogTarget): LogTarget {
  const write =
    (level: LogLine['level']) =>
    (fields: object, message: string): void => {
      lines.push({ ...fields, level, message });
      further?.[level](fields, message);
    };
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}
