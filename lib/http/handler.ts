import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { RouteMatch } from './mount.ts';
import { refuseMethod } from './method-not-allowed.ts';
import { answerOptions } from './options-response.ts';
import { closeWithConnection } from './queued-response.ts';
import type { RequestWatch } from './request-watch.ts';
import type { Router } from './router.ts';
import { runFor } from '../supervision/escapes/plugin-scope.ts';
import { answerUnavailable } from './unavailable.ts';

export interface HandlerOptions {
  /** false: what can't be answered goes to the app's error handler. Default true. */
  readonly defaultErrorHandler?: boolean | undefined;
  /** true: a path that has routes for other methods only answers 405 with `Allow`. Default false: it goes on to the app. */
  readonly methodNotAllowed?: boolean | undefined;
  /** OPTIONS that no route takes goes on, too. */
  readonly leavesOptions?: boolean | undefined;
  /** Who wants to be told of answered requests. */
  readonly watch?: RequestWatch | undefined;
  /** Nobody comes after it: what it does not serve is told of as well. Default false: that is the app's. */
  readonly isLast?: boolean | undefined;
}

/**
 * Serves a router's routes in any Express app, also below a path: `app.use('/api', handler)`. What it does not serve goes on
 * to the app, with the request as it came; after an answer `next` is never called. Answers OPTIONS with the verbs of a path.
 */
export function createHandler(router: Pick<Router, 'find'>, options: HandlerOptions = {}): RequestHandler {
  const { methodNotAllowed = false, leavesOptions = false, defaultErrorHandler = true } = options;
  const { watch, isLast = false } = options;
  const answerUnserved = (request: Request, response: Response, next: NextFunction): boolean =>
    request.method === 'OPTIONS'
      ? !leavesOptions && answerOptions(router, request, response)
      : methodNotAllowed && refuseMethod(router, request, response, defaultErrorHandler ? undefined : next);
  const leave = (request: Request, response: Response, next: NextFunction): void => {
    const watched = watch?.beginUnmatched(request, response);
    const isAnswered = answerUnserved(request, response, next);
    if (!isAnswered) next();
    if (isAnswered || isLast) watched?.settle();
  };
  const handle: RequestHandler = (request, response, next) => {
    let match: RouteMatch | undefined;
    try {
      match = router.find(request.method, request.url);
    } catch {
      const watched = watch?.beginUnmatched(request, response);
      refuseUrl(response, next, options);
      watched?.settle();
      return;
    }
    if (match) serve(match, { request, response, next, handle, watch, isLast });
    else leave(request, response, next);
  };
  return handle;
}

/** What a route gives to `next` to have the request routed again: another route has taken its place. */
export const routeAnew = Symbol('route anew');

interface Serving {
  readonly request: Request;
  readonly response: Response;
  readonly next: NextFunction;
  /** The handler itself. */
  readonly handle: RequestHandler;
  readonly watch: RequestWatch | undefined;
  readonly isLast: boolean;
}

function serve({ route, params }: RouteMatch, serving: Serving): void {
  const { request, response, next, handle, watch, isLast } = serving;
  // Another answer of the same connection comes first.
  if (response.socket === null && !response.writableEnded) closeWithConnection(request, response);
  const watched = watch?.isThere ? watch.begin(route, request, response) : undefined;
  const { traffic } = route;
  if (traffic?.isFull) {
    answerBusy(response, traffic.plugin);
    return watched?.settle();
  }
  traffic?.begin();
  const { params: parentParams, url, baseUrl } = request;
  request.params = (isEmpty(parentParams) ? params : { ...parentParams, ...params }) as Request['params'];
  route.service.handle(request, response, (error?: unknown) => {
    Object.assign(request, { params: parentParams, url, baseUrl });
    if (error === routeAnew) {
      watched?.hold();
      void handle(request, response, next);
      return;
    }
    if (!error && isLast) watched?.miss();
    else if (!error) watched?.drop();
    // What comes after the plugin is the app's again.
    runFor(undefined, next as (error?: unknown) => void, error);
  });
  watched?.settle();
}

/** It serves as many requests as it may. */
function answerBusy(response: Response, plugin: string): void {
  answerUnavailable(response, { plugin, state: 'running' }, 1_000);
}

function isEmpty(params: object | undefined): boolean {
  for (const _ in params) return false;
  return true;
}

/** A route would match, but a parameter is not decodable. */
function refuseUrl(response: Response, next: NextFunction, { defaultErrorHandler }: HandlerOptions): void {
  const message = 'The URL has malformed percent-encoding';
  if (defaultErrorHandler === false)
    next(Object.assign(new URIError(message), { status: 400, expose: true }));
  else response.status(400).json({ name: 'URIError', message });
}
