import { pino } from 'pino';
import { build } from 'pino-pretty';
import type { LogTarget } from 'plugboard';
import { explainFailure } from './explain.ts';
import { hasColours } from './terminal.ts';

/** A log on standard output. It holds back until it is opened: what fails at the start is told by the table. */
export interface ConsoleLog extends LogTarget {
  open(): void;
}

export interface ConsoleLogOptions {
  /** JSON lines, for other programs. Default false: lines for people. */
  readonly json?: boolean | undefined;
}

export function consoleLog({ json = false }: ConsoleLogOptions = {}): ConsoleLog {
  const level = process.env['LOG_LEVEL'] ?? 'info';
  const options = { level, serializers: { error: pino.stdSerializers.errWithCause } };
  const logger = json ? pino(options, pino.destination({ fd: 1, sync: true })) : pino(options, forPeople());
  let isOpen = false;
  const write =
    (name: keyof LogTarget) =>
    (fields: object, message: string): void => {
      if (!isOpen && name === 'error') return;
      if (!json && isFailure(fields)) process.stdout.write(`${explainFault(fields, message)}\n`);
      else logger[name](json ? fields : withoutRequest(fields), message);
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
