import { compileMiddlewares } from './middleware.ts';
import type { RouteHandler } from './mount.ts';
import type { ServedPlugin } from './plugin-routes.ts';
import { compileServe } from './serve-request.ts';

/**
 * Runs the `before` middlewares for a request that no route matches, as routing-controllers does (a CORS preflight is such a
 * one), then hands it on. For `createHandler`'s option `unmatched`.
 */
export function compileUnmatched(served: ServedPlugin): RouteHandler {
  const { before } = compileMiddlewares(served);
  const action = { name: 'no route', answersJson: true, headers: {} };
  return compileServe(action, served, [
    ...before,
    { kind: 'request', run: (_context, { next }) => next('router') },
  ]);
}
