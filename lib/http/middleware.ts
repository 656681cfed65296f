import type { ErrorRequestHandler, RequestHandler } from 'express';
import type {
  ActionMetadata,
  ExpressErrorMiddlewareInterface,
  ExpressMiddlewareInterface,
} from 'routing-controllers';
import type { Instances } from '../container/instances.ts';
import type { Class } from '../plugin/tokens.ts';
import { instanceProvider, knownInstance } from './instance-provider.ts';
import type { Layer, Step } from './pipeline.ts';
import type { Provided, ServedPlugin } from './plugin-routes.ts';
import { isPromiseLike, whenReady } from './promises.ts';
import type { RequestContext } from './request-context.ts';
import { isServingClass } from '../plugin/serving-class.ts';
import { describeMiddleware } from './used-classes.ts';

/** What runs around actions: in front of them, and after their answer. */
export interface Surroundings {
  readonly before: readonly Layer[];
  readonly after: readonly Layer[];
}

/** The middlewares of host and plugin, by `@Middleware`'s type and priority: higher first, then as listed. */
export function compileMiddlewares({ middlewares }: Pick<ServedPlugin, 'middlewares'>): Surroundings {
  const placed = middlewares.map((item) => ({ ...placeOf(item), layer: toLayer(item) }));
  const ofType = (type: 'before' | 'after'): Layer[] =>
    placed
      .filter((item) => item.type === type)
      .sort((a, b) => b.priority - a.priority)
      .map(({ layer }) => layer);
  return { before: ofType('before'), after: ofType('after') };
}

/** `@UseBefore` and `@UseAfter` of a controller, then of its action. */
export function compileUses(metadata: ActionMetadata, instances: Instances): Surroundings {
  const uses = [...metadata.controllerMetadata.uses, ...metadata.uses];
  const ofType = (afterAction: boolean): Layer[] =>
    uses
      .filter((use) => use.afterAction === afterAction)
      .map(({ middleware }) => toLayer(asMiddleware(middleware, instances)));
  return { before: ofType(false), after: ofType(true) };
}

/** An Express handler as a layer. */
export function functionLayer(handler: RequestHandler | ErrorRequestHandler): Layer {
  if (handler.length >= 4) {
    const run = handler as ErrorRequestHandler;
    return {
      kind: 'error',
      run: (error, { request, response }, step) => handOn(run(error, request, response, step.next), step),
    };
  }
  const run = handler as RequestHandler;
  return {
    kind: 'request',
    run: ({ request, response }, step) => handOn(run(request, response, step.next), step),
  };
}

function asMiddleware(middleware: unknown, from: Instances): RequestHandler | Provided {
  return isServingClass(middleware) ? { type: middleware, from } : (middleware as RequestHandler);
}

function placeOf(item: RequestHandler | Provided): { type: 'before' | 'after'; priority: number } {
  if (typeof item !== 'function') return { ...describeMiddleware(item.type) };
  return { type: item.length >= 4 ? 'after' : 'before', priority: 0 };
}

function toLayer(item: RequestHandler | Provided): Layer {
  if (typeof item === 'function') return functionLayer(item);
  const { prototype } = item.type as { prototype: { error?: unknown } };
  return prototype.error ? errorClassLayer(item) : classLayer(item);
}

function classLayer({ type, from }: Provided): Layer {
  const middleware = type as Class<ExpressMiddlewareInterface>;
  const known = knownInstance(middleware, from);
  if (known) return { kind: 'request', run: (context, step) => use(known, context, step) };
  const provide = instanceProvider(middleware, from);
  return {
    kind: 'request',
    run: (context, step) => {
      try {
        const instance = provide(context);
        if (!isPromiseLike(instance)) return use(instance, context, step);
        instance.then(
          (ready) => use(ready, context, step),
          (error: unknown) => step.fail(error, true),
        );
      } catch (error) {
        step.fail(error, true);
      }
    },
  };
}

function use(
  middleware: ExpressMiddlewareInterface,
  { request, response }: RequestContext,
  step: Step,
): void {
  try {
    const result: unknown = middleware.use(request, response, step.next);
    if (isPromiseLike(result)) result.then(undefined, (error: unknown) => step.fail(error, true));
  } catch (error) {
    step.fail(error, true);
  }
}

function errorClassLayer({ type, from }: Provided): Layer {
  const provide = instanceProvider(type as Class<ExpressErrorMiddlewareInterface>, from);
  return {
    kind: 'error',
    run: (error, context, step) => {
      const { request, response } = context;
      const run = (instance: ExpressErrorMiddlewareInterface): unknown =>
        instance.error(error, request, response, step.next);
      handOn(whenReady(provide(context), run), step);
    },
  };
}

function handOn(result: unknown, step: Step): void {
  if (!isPromiseLike(result)) return;
  result.then(undefined, (error: unknown) => step.pass(error));
}
