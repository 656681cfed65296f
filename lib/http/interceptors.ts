import type { Action, ActionMetadata, InterceptorInterface } from 'routing-controllers';
import type { Class } from '../plugin/tokens.ts';
import { instanceProvider, knownInstance } from './instance-provider.ts';
import type { Provided, ServedPlugin } from './plugin-routes.ts';
import { isPromiseLike, whenReady } from './promises.ts';
import type { RequestContext } from './request-context.ts';
import { isServingClass } from '../plugin/serving-class.ts';
import { describeInterceptor } from './used-classes.ts';

/** Changes an action's result; gives a promise only where an interceptor does. */
export type Interception = (result: unknown, action: Action, context: RequestContext) => unknown;

/**
 * The interceptors of an action in the order of routing-controllers: the global ones by priority, higher first and of equal
 * ones the last listed first (so the host's act on what the plugin's have made), then the controller's, then the action's;
 * undefined where there are none.
 */
export function compileInterceptors(
  metadata: ActionMetadata,
  served: ServedPlugin,
): Interception | undefined {
  const uses = [...metadata.controllerMetadata.interceptors, ...metadata.interceptors];
  const all = [
    ...byPriority(served.interceptors).map(classInterception),
    ...uses.map(({ interceptor }) => toInterception(interceptor, served)),
  ];
  if (all.length < 2) return all[0];
  return (result, action, context) => runFrom(0, all, { result, action, context });
}

function byPriority(interceptors: readonly Provided[]): Provided[] {
  return [...interceptors]
    .sort((a, b) => describeInterceptor(a.type).priority - describeInterceptor(b.type).priority)
    .toReversed();
}

function toInterception(interceptor: unknown, { instances }: ServedPlugin): Interception {
  if (isServingClass(interceptor)) return classInterception({ type: interceptor, from: instances });
  const run = interceptor as (action: Action, result: unknown) => unknown;
  return (result, action) => run(action, result);
}

function classInterception({ type, from }: Provided): Interception {
  const interceptor = type as Class<InterceptorInterface>;
  const known = knownInstance(interceptor, from);
  if (known) return (result, action) => known.intercept(action, result) as unknown;
  const provide = instanceProvider(interceptor, from);
  return (result, action, context) =>
    whenReady(provide(context), (instance) => instance.intercept(action, result) as unknown);
}

interface Intercepted {
  readonly result: unknown;
  readonly action: Action;
  readonly context: RequestContext;
}

function runFrom(
  start: number,
  all: readonly Interception[],
  { result, action, context }: Intercepted,
): unknown {
  let current = result;
  for (let position = start; position < all.length; position++) {
    current = all[position]?.(current, action, context);
    if (isPromiseLike(current)) {
      return current.then((ready) => runFrom(position + 1, all, { result: ready, action, context }));
    }
  }
  return current;
}
