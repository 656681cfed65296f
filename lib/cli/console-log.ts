import { pino } from 'pino';
import { build } from 'pino-pretty';
import type { LogTarget } from 'plugboard';

/** A log for people. It holds back until it is opened: what fails at the start is told by the table. */
export interface ConsoleLog extends LogTarget {
  open(): void;
}

export function consoleLog(): ConsoleLog {
  const stream = build({ sync: true, ignore: 'pid,hostname,plugin', messageFormat: '{plugin} {msg}' });
  const level = process.env['LOG_LEVEL'] ?? 'info';
  const logger = pino({ level, serializers: { error: pino.stdSerializers.errWithCause } }, stream);
  let isOpen = false;
  const write =
    (name: keyof LogTarget) =>
    (fields: object, message: string): void => {
      if (isOpen || name !== 'error') logger[name](fields, message);
    };
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    open: () => {
      isOpen = true;
    },
  };
}
