import cors, { type CorsOptions } from 'cors';
import type { RequestHandler, Response } from 'express';
import { createHandler } from '../http/handler.ts';
import type { RequestWatch } from '../http/request-watch.ts';
import type { Router } from '../http/router.ts';
import type { HostOptions } from './options.ts';

export interface GuardedRoutes {
  readonly router: Router;
  readonly options: HostOptions;
  readonly watch: RequestWatch;
  /** Whether requests are served; otherwise they get 503. */
  isOpen(): boolean;
  /** Nobody comes after it. */
  readonly isLast: boolean;
}

/** Serves a host's routes while it runs; before them the browsers' question whether they may ask, where others are let in. */
export function guardedHandler({ router, options, watch, isOpen, isLast }: GuardedRoutes): RequestHandler {
  const { defaultErrorHandler, methodNotAllowed, cors: allowed } = options;
  const serve = createHandler(router, { defaultErrorHandler, methodNotAllowed, watch, isLast });
  const guarded: RequestHandler = (request, response, next) => {
    if (isOpen()) {
      void serve(request, response, next);
      return;
    }
    const watched = watch.beginUnmatched(request, response);
    answerStopped(response);
    watched?.settle();
  };
  if (!allowed) return guarded;
  const share = cors(allowed === true ? undefined : (allowed as CorsOptions));
  return (request, response, next) => {
    // Such a question is OPTIONS, and is answered by itself.
    const watched = request.method === 'OPTIONS' ? watch.beginUnmatched(request, response) : undefined;
    share(request, response, () => {
      watched?.drop();
      void guarded(request, response, next);
    });
    watched?.settle();
  };
}

function answerStopped(response: Response): void {
  response.status(503).set('Retry-After', '1').json({
    name: 'ServiceUnavailable',
    message: 'The host is not running: it is starting, its start was refused, or it has been closed.',
  });
}
