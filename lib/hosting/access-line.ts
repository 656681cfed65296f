import { hostname } from 'node:os';
import type { LineLevel } from '../plugin/log-level.ts';
import type { AnsweredRequest } from '../services/monitor.ts';
import type { Secrets } from '../services/secrets.ts';

/** `GET /items/7 200 3.2 ms`, for people; the fields have all of it, for machines. */
export function accessMessage(request: AnsweredRequest, path = request.path): string {
  const { method, status, aborted, ms } = request;
  return `${method} ${path} ${status} ${rounded(ms)} ms${aborted ? ', aborted' : ''}`;
}

export function accessFields(request: AnsweredRequest): object {
  const { plugin, method, route, path, status, ms, bytes, requestId, aborted } = request;
  const fields = { method, route, path, status, ms: rounded(ms), bytes, requestId };
  // Spread out one after another, on Node 20 they take 1.5 KB, among what V8 holds for old.
  return Object.assign(plugin === undefined ? {} : { plugin }, fields, aborted && { aborted });
}

/** The line that pino would write of it, put together by hand: in a fraction of the time. */
export function accessLine(request: AnsweredRequest, level: LineLevel, secrets: Secrets): string {
  const { plugin, method, status, bytes, aborted } = request;
  const path = secrets.mask(request.path);
  const ms = rounded(request.ms);
  return (
    `{"level":${numbers[level]},"time":${Date.now()}${ofProcess}` +
    (plugin === undefined ? '' : `,"plugin":${quoted(secrets.mask(plugin))}`) +
    `,"method":${quoted(method)},"route":${quoted(secrets.mask(request.route))},"path":${quoted(path)}` +
    `,"status":${status},"ms":${ms},"bytes":${bytes},"requestId":${quoted(secrets.mask(request.requestId))}` +
    (aborted ? ',"aborted":true' : '') +
    `,"msg":${quoted(accessMessage(request, path))}}\n`
  );
}

const numbers: Readonly<Record<LineLevel, number>> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50 };

const ofProcess = `,"pid":${process.pid},"hostname":${JSON.stringify(hostname())}`;

const quoted = JSON.stringify as (text: string) => string;

/** Microseconds are enough. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
