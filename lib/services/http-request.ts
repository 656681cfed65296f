import type { Request } from 'express';
import { createLogger, defaultLog, type Logger } from './logger.ts';

/** The HTTP request that is being served; only request-scoped classes may inject it. */
export class HttpRequest {
  constructor(
    /** Unique among requests; also in error bodies and logs. */
    readonly id: string,
    /** Aborts when the client goes away or the time limit of the action passes. */
    readonly signal: AbortSignal,
    /** Express's own request. */
    readonly express: Request,
    /** The plugin's log, with the request's `id` in every line. */
    readonly log: Logger = createLogger(defaultLog(), { requestId: id }),
  ) {}
}
