import type { LineLevel } from '../plugin/log-level.ts';
import type { Audience } from '../services/audience.ts';
import type { LogOutlet } from '../services/log-outlet.ts';
import type { AnsweredRequest } from '../services/monitor.ts';

/** Which requests get a line in the log, and of which level. */
export interface AccessLogOptions {
  /** Default `info`. */
  readonly level?: LineLevel | undefined;
  /** Names of plugins whose requests get none: those that are asked every few seconds. Default none. */
  readonly ignore?: readonly string[] | undefined;
}

/** Writes one line for each request that is answered from now on, where `options` want that. */
export function writeAccessLog(
  requests: Audience<AnsweredRequest>,
  log: LogOutlet,
  options: boolean | AccessLogOptions = false,
): void {
  if (options === false) return;
  const { level = 'info', ignore = [] } = options === true ? {} : options;
  const ignored = new Set(ignore);
  requests.add((request) => {
    if (!ignored.has(request.plugin) && log.isEnabled(level))
      log[level](fieldsOf(request), messageOf(request));
  });
}

/** `GET /items/7 200 3.2 ms`, for people; the fields have all of it, for machines. */
function messageOf({ method, path, status, aborted, ms }: AnsweredRequest): string {
  return `${method} ${path} ${status} ${rounded(ms)} ms${aborted ? ', aborted' : ''}`;
}

function fieldsOf({
  plugin,
  method,
  route,
  path,
  status,
  ms,
  bytes,
  requestId,
  aborted,
}: AnsweredRequest): object {
  const fields = { plugin, method, route, path, status, ms: rounded(ms), bytes, requestId };
  return aborted ? { ...fields, aborted } : fields;
}

/** Microseconds are enough. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
