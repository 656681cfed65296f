import type { Audience } from '../services/audience.ts';
import type { AnsweredRequest } from '../services/monitor.ts';
import { standardOutput } from '../services/standard-output.ts';
import type { AccessLogOptions } from './access-log-options.ts';
import { accessFields, accessLine, accessMessage } from './access-line.ts';
import type { HostLog } from './host-log.ts';

/** Writes one line for each request that is answered from now on, where `options` want that. */
export function writeAccessLog(
  requests: Audience<AnsweredRequest>,
  log: HostLog,
  options: boolean | AccessLogOptions = false,
): void {
  if (options === false) return;
  const { level = 'info', ignore = [] } = options === true ? {} : options;
  const { target, lines, secrets } = log;
  const ignored = new Set<string | undefined>(ignore);
  const output = log.isOwn ? standardOutput() : undefined;
  requests.add((request) => {
    if (ignored.has(request.plugin) || !target.isEnabled(level)) return;
    // Who listens to lines is given their fields.
    if (output && !lines.isThere) output.write(accessLine(request, level, secrets));
    else target[level](accessFields(request), accessMessage(request));
  });
}
