import { pino, type Logger } from 'pino';
import { build } from 'pino-pretty';
import { explainFailure } from './explain.ts';
import { hasColours } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** A log on standard output. What keeps a plugin from running is told by the table first, and by the log from then on. */
export interface ConsoleLog {
  readonly log: Logger;
  tellFailures(): void;
}

export interface ConsoleLogOptions {
  /** JSON lines, for other programs. Default false: lines for people. */
  readonly json?: boolean | undefined;
}

/** Of the level `LOG_LEVEL`, or info; a plugin's own goes before it. @throws UsageError for a level that there is not */
export function consoleLog({ json = false }: ConsoleLogOptions = {}): ConsoleLog {
  let isTold = false;
  const options = {
    level: leastLevel(),
    serializers: { error: pino.stdSerializers.errWithCause },
    hooks: {
      logMethod(this: Logger, given: unknown[], write: (...args: unknown[]) => void): void {
        const [fields, message] = given as [object, string];
        if (!isFailure(fields)) write.call(this, json ? fields : withoutRequest(fields), message);
        else if (isTold && json) write.call(this, fields, message);
        else if (isTold) process.stdout.write(`${explainFault(fields, message)}\n`);
      },
    },
  };
  return {
    log: pino(options, json ? pino.destination({ fd: 1, sync: true }) : forPeople()),
    tellFailures: () => {
      isTold = true;
    },
  };
}

function leastLevel(): string {
  const level = process.env['LOG_LEVEL'] || 'info';
  const levels = [...Object.keys(pino.levels.values), 'silent'];
  if (levels.includes(level)) return level;
  throw new UsageError(
    `LOG_LEVEL is "${level}", which is not a level.`,
    `LOG_LEVEL=debug in the environment; there are ${levels.join(', ')}.`,
  );
}

function forPeople(): ReturnType<typeof build> {
  return build({
    sync: true,
    colorize: hasColours(process.stdout),
    ignore: 'pid,hostname,plugin',
    messageFormat: ({ plugin, msg }) => withPlugin(String(msg), plugin),
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
  });
}

/** The host's own lines name the plugin already. */
function withPlugin(message: string, plugin: unknown): string {
  return typeof plugin !== 'string' || message.startsWith(`${plugin} `) ? message : `${plugin} ${message}`;
}

/** Of a request the message says all that people want to know. */
function withoutRequest(fields: object): object {
  if (!('route' in fields && 'bytes' in fields && 'requestId' in fields)) return fields;
  return { plugin: 'plugin' in fields ? fields.plugin : undefined, requestId: fields.requestId };
}

/** What the host says of a failure, as it stands in its log. */
interface Failure {
  readonly plugin: string;
  readonly code: string;
  readonly phase: Parameters<typeof explainFailure>[1]['phase'];
  readonly fix: string;
  readonly error?: unknown;
}

function isFailure(fields: object): fields is Failure {
  return 'plugin' in fields && 'code' in fields && 'phase' in fields && 'fix' in fields;
}

function explainFault({ plugin, code, phase, fix, error }: Failure, message: string): string {
  const stack = error instanceof Error ? (error.stack?.split('\n').slice(1, 4) ?? []) : [];
  return [explainFailure(plugin, { code, phase, message, fix }), ...stack].join('\n');
}
