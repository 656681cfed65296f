import express, {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { ExpressErrorMiddlewareInterface, ExpressMiddlewareInterface } from 'routing-controllers';
import type { Class } from '../plugin/tokens.ts';
import { isPromiseLike, whenReady } from './promises.ts';
import { routePattern } from './route-pattern.ts';
import { describeMiddleware } from './used-classes.ts';

/** The global middlewares of a handler. */
export interface GlobalMiddlewares {
  readonly classes: readonly Class[];
  /** Where they act: `''` or `/api`. */
  readonly prefix: string;
  /** Gives an instance; asked at each use. */
  readonly get: <T>(type: Class<T>) => T | PromiseLike<T>;
  /** Answers what a class throws. */
  readonly fail: (error: unknown, request: Request, response: Response) => void;
}

/**
 * Puts global middlewares around a handler: those of type `before` in front of it, of type `after` behind it, higher priority
 * first. They see every request, also one that no route takes, and may change its URL: so they stand in a router of Express.
 */
export function surround(handler: RequestHandler, globals: GlobalMiddlewares): RequestHandler {
  const router = express.Router({ mergeParams: true });
  const place = mountPlace(globals.prefix);
  const placed = globals.classes
    .map((middleware) => ({ middleware, ...describeMiddleware(middleware) }))
    .sort((a, b) => b.priority - a.priority);
  const add = (wanted: 'before' | 'after'): void => {
    for (const { middleware } of placed.filter(({ type }) => type === wanted)) {
      const use = toHandler(middleware, globals);
      if (use) router.use(place, use);
    }
  };
  add('before');
  router.use(handler);
  add('after');
  return router;
}

/** A prefix in Express 4's syntax is one that Express 5 can't read: there, the parameters have no names. */
function mountPlace(prefix: string): string | RegExp {
  if (prefix === '') return '/';
  if (!/[()?+[\]!]|\*(?!\w)/.test(prefix)) return prefix;
  const { source } = routePattern(prefix).regexp;
  return new RegExp(source.replace(/\/\?\$$/, '(?=/|$)'), 'i');
}

type Middleware = Partial<ExpressMiddlewareInterface & ExpressErrorMiddlewareInterface>;

/** What it is, the instance says: methods may be its own properties. One with neither method does nothing. */
function toHandler(
  type: Class,
  globals: GlobalMiddlewares,
): RequestHandler | ErrorRequestHandler | undefined {
  const middleware = type as Class<Middleware>;
  const instance = globals.get(middleware);
  const { use, error } = isPromiseLike(instance) ? (middleware.prototype as Middleware) : instance;
  if (error) return errorHandler(middleware, globals);
  return use ? requestHandler(middleware, globals) : undefined;
}

function requestHandler(type: Class<Middleware>, { get, fail }: GlobalMiddlewares): RequestHandler {
  return (request, response, next) => {
    const refuse = (error: unknown): void => {
      fail(error, request, response);
      next(error);
    };
    const run = (instance: Middleware): unknown => instance.use?.(request, response, next);
    try {
      const result = whenReady(get(type), run);
      if (isPromiseLike(result)) result.then(undefined, refuse);
    } catch (error) {
      refuse(error);
    }
  };
}

function errorHandler(type: Class<Middleware>, { get }: GlobalMiddlewares): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next: NextFunction) =>
    whenReady(get(type), (instance) => instance.error?.(error, request, response, next)) as void;
}
