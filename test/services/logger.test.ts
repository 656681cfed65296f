import { deepEqual, equal } from 'node:assert/strict';
import { createLogger, defaultLog, Logger } from '#lib/services/logger.js';

describe("a plugin's log", () => {
  it("adds the plugin's fields to every line of every level", () => {
    const lines: unknown[] = [];
    const note =
      (level: string) =>
      (fields: unknown, message: unknown): void => {
        lines.push([level, fields, message]);
      };
    const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
    const target = Object.fromEntries(levels.map((level) => [level, note(level)]));
    const log = createLogger(target as never, { plugin: 'p' });
    for (const level of levels) log[level]('hello', { order: 7 });
    log.info('bare');
    deepEqual(lines, [
      ...levels.map((level) => [level, { plugin: 'p', order: 7 }, 'hello']),
      ['info', { plugin: 'p' }, 'bare'],
    ]);
  });

  it('has children that add fields of their own, also where it is a class of the app', () => {
    const lines: unknown[] = [];
    const note = (message: string, fields?: object): void => void lines.push([message, fields]);
    class OwnLogger extends Logger {
      override trace = note;
      override debug = note;
      override info = note;
      override warn = note;
      override error = note;
    }
    new OwnLogger().child({ a: 1 }).child({ b: 2 }).info('hello', { c: 3 });
    deepEqual(lines, [['hello', { a: 1, b: 2, c: 3 }]]);
  });

  it('writes where LOG_LEVEL says by default', () => {
    const before = process.env['LOG_LEVEL'];
    try {
      process.env['LOG_LEVEL'] = 'warn';
      equal((defaultLog() as unknown as { level: string }).level, 'warn');
      delete process.env['LOG_LEVEL'];
      equal((defaultLog() as unknown as { level: string }).level, 'info');
    } finally {
      if (before !== undefined) process.env['LOG_LEVEL'] = before;
    }
  });
});
