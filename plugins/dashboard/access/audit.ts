import type { Request } from 'express';
import { injectable } from 'inversify';
import { Logger } from 'plugboard';

/** What somebody wanted of the dashboard. */
export interface AuditEntry {
  /** `reload`, `sign-in`, … */
  readonly audit: string;
  readonly who: string;
  /** Of which plugin or path. */
  readonly target?: string;
  readonly result: string;
}

/** Each try to change something is a line of the dashboard's log, whatever comes of it. */
@injectable()
export class Audit {
  constructor(private readonly log: Logger) {}

  done(entry: AuditEntry, message: string): void {
    this.log.info(message, { ...entry });
  }

  refused(entry: Omit<AuditEntry, 'result'>, why: string): void {
    const what = [entry.audit, entry.target].filter((part) => part !== undefined).map(quoted);
    this.log.warn(`Refused ${what.join(' of ')}, asked for by ${entry.who}: ${why}.`, {
      ...entry,
      result: 'refused',
    });
  }

  /** What did not come as far as to say what it is about; reading is no change. */
  refusedRequest(request: Request, why: string): void {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const target = request.path.slice(0, keptPath);
    this.refused({ audit: request.method, target, who: addressOf(request) }, why);
  }
}

/** Where a request comes from. Behind a proxy that the app trusts: whom it has passed on, and by which connection. */
export function addressOf({ ip, socket }: Request): string {
  const { remoteAddress = 'an unknown address' } = socket;
  return ip === undefined || ip === remoteAddress ? remoteAddress : `${ip} by ${remoteAddress}`;
}

/** In characters. */
const keptPath = 200;

/** What was asked for by somebody else is not to look like another line of the log. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : JSON.stringify(text);
}
