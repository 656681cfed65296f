/** What a line may be, from least to most. */
export const lineLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** What a line is. */
export type LineLevel = (typeof lineLevels)[number];

/** The least that is written; `silent`: nothing. */
export type LogLevel = LineLevel | 'silent';

export const logLevels: readonly LogLevel[] = [...lineLevels, 'silent'];

export function isLogLevel(value: unknown): value is LogLevel {
  return (logLevels as readonly unknown[]).includes(value);
}

/** Whether a line of `level` is written where `least` is the least. */
export function reaches(level: LineLevel, least: LogLevel): boolean {
  return least !== 'silent' && lineLevels.indexOf(level) >= lineLevels.indexOf(least);
}
