import cors, { type CorsOptions } from 'cors';
import type { RequestHandler, Response } from 'express';
import { surroundingErrors, type SurroundingErrors } from './surrounding-errors.ts';
import { chosenClasses } from './chosen-classes.ts';
import { compilePlugin } from './compile-plugin.ts';
import { containerInstances } from './container-instances.ts';
import type { ControllersHandlerOptions } from './controllers-options.ts';
import { describePlugin } from './describe-plugin.ts';
import { extendQuery, restoreQuery } from './extended-query.ts';
import { surround } from './global-middlewares.ts';
import { createHandler } from './handler.ts';
import { answerOptions } from './options-response.ts';
import type { ServedPlugin } from './plugin-routes.ts';
import { Router } from './router.ts';

/**
 * Serves controllers of routing-controllers without a host: `app.use(controllersHandler({ controllers }))` in the place of
 * `useExpressServer(app, { controllers })`. All options keep their meaning; without `controllers` it takes all that have been
 * decorated. Takes what there is when it is called: a class that is decorated later is not served.
 *
 * @throws {PluginError} `CONTROLLER_DECORATOR_MISSING`, `CONTROLLERS_FILE_FAILED`, `CONTROLLERS_NOT_FOUND`,
 * `DECORATOR_METADATA_MISSING`, `INVALID_ROUTE`.
 */
export function controllersHandler(options: ControllersHandlerOptions = {}): RequestHandler {
  const { controllers, middlewares, interceptors } = chosenClasses(options);
  const instances = containerInstances(options.container, controllers);
  const served: ServedPlugin = {
    name: 'controllers',
    generation: 1,
    prefix: prefixOf(options),
    controllers,
    instances,
    middlewares: [],
    interceptors: interceptors.map((type) => ({ type, from: instances })),
    options,
    limits: options.limits ?? {},
    requestMs: options.requestMs ?? Infinity,
    errorBody: options.errorBody,
    etag: options.etag ?? true,
    onError: options.onError ?? logError,
    goesOn: true,
  };
  const description = describePlugin(served);
  const answersJson = description.routes.some((route) => route.description?.metadata.isJsonTyped);
  const errors = surroundingErrors(served, answersJson);
  const router = new Router();
  router.mount(compilePlugin(served, description));
  const serve = createHandler(router, { defaultErrorHandler: false, leavesOptions: true });
  const { prefix } = served;
  const surrounded =
    middlewares.length > 0
      ? surround(serve, { classes: middlewares, prefix, get: instances.lookUp, fail: errors.answer })
      : serve;
  return withEnds(withCors(surrounded, options), router, errors);
}

/** As routing-controllers reads it, but a prefix with a slash only inside gets one in front, too. */
function prefixOf({ routePrefix: prefix = '' }: ControllersHandlerOptions): string {
  return prefix === '' || prefix.startsWith('/') ? prefix : `/${prefix}`;
}

function withCors(handler: RequestHandler, { cors: allowed }: ControllersHandlerOptions): RequestHandler {
  if (!allowed) return handler;
  const share = cors(allowed === true ? undefined : (allowed as CorsOptions));
  return (request, response, next) => {
    share(request, response, (error?: unknown) => {
      if (error) next(error);
      else void handler(request, response, next);
    });
  };
}

/** Lets a request go on to the app only where it has no answer yet, and is not OPTIONS of a path that has routes. */
function withEnds(handler: RequestHandler, router: Router, errors: SurroundingErrors): RequestHandler {
  return (request, response, next) => {
    const isExtended = extendQuery(request);
    void handler(request, response, (error?: unknown) => {
      if (isAnswered(response)) {
        if (error && error !== 'route' && error !== 'router') errors.report(error, request, response);
        return;
      }
      if (!error && answerOptions(router, request, response)) return;
      if (isExtended) restoreQuery(request);
      next(error);
    });
  };
}

function isAnswered({ headersSent, writableEnded, destroyed }: Response): boolean {
  return headersSent || writableEnded || destroyed;
}

/** As Express does it for an error that nobody has answered. */
function logError(error: unknown): void {
  if (process.env.NODE_ENV === 'test') return;
  // oxlint-disable-next-line no-console
  console.error(error instanceof Error ? error.stack : error);
}
