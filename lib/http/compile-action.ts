import type { Action } from 'routing-controllers';
import { compileAuthorization } from './authorization.ts';
import { compileBodyParser } from './body.ts';
import type { ActionDescription } from './controller-metadata.ts';
import { instanceProvider } from './instance-provider.ts';
import { compileInterceptors } from './interceptors.ts';
import { compileUses, type Surroundings } from './middleware.ts';
import type { RouteHandler } from './mount.ts';
import { compileParameters } from './parameters.ts';
import type { Layer, Steps } from './pipeline.ts';
import type { ServedPlugin } from './plugin-routes.ts';
import { isPromiseLike, whenReady } from './promises.ts';
import { receivingLayer } from './receiving-layer.ts';
import type { RequestContext } from './request-context.ts';
import { compileReply } from './response.ts';
import { compileServe } from './serve-request.ts';
import { compileUploads } from './uploads.ts';
import type { ViewRenderer } from './views.ts';

/** What the actions of one plugin share. */
export interface ActionSurroundings {
  readonly served: ServedPlugin;
  readonly middlewares: Surroundings;
  readonly render: ViewRenderer;
}

/** One action, ready to serve: all that can be decided before a request comes is decided here. */
export function compileAction(
  description: ActionDescription,
  surroundings: ActionSurroundings,
): RouteHandler {
  const { served, middlewares } = surroundings;
  const { metadata } = description;
  const uses = compileUses(metadata, served.instances);
  const layers: (Layer | undefined)[] = [
    ...middlewares.before,
    ...uses.before,
    receivingLayer(compileBodyParser(metadata, served.limits)),
    compileAuthorization(metadata, served.options),
    receivingLayer(compileUploads(metadata, served.limits)),
    { kind: 'request', run: compileCall(description, surroundings) },
    ...uses.after,
    ...middlewares.after,
  ];
  return compileServe(
    { name: description.name, answersJson: metadata.isJsonTyped, headers: metadata.headers },
    served,
    layers.filter((layer) => layer !== undefined),
  );
}

type Call = (context: RequestContext, steps: Steps) => void;

/** Arguments, the method, interceptors, the answer: a promise is waited for where there is one. */
function compileCall(description: ActionDescription, { served, render }: ActionSurroundings): Call {
  const { metadata } = description;
  const read = compileParameters(metadata.params, served.options);
  const invoke = compileInvocation(description, served);
  const intercept = compileInterceptors(metadata, served);
  const reply = compileReply(metadata, served.options, render);
  return (context, steps) => {
    const action: Action = { request: context.request, response: context.response, next: steps.next };
    const succeed = (result: unknown): void => {
      if (result !== context.response && context.isAnswered) return drop(result, context, steps);
      try {
        reply(result, context, steps);
      } catch (error) {
        steps.fail(error);
      }
    };
    try {
      const called = whenReady(read(action), (values) => invoke(values, action, context));
      const result = whenReady(called, (value) => intercept(value, action, context));
      if (isPromiseLike(result)) result.then(succeed, (error: unknown) => steps.fail(error));
      else succeed(result);
    } catch (error) {
      steps.fail(error);
    }
  };
}

type Invocation = (values: unknown[], action: Action, context: RequestContext) => unknown;
type Controller = Record<string, (...values: unknown[]) => unknown>;

function compileInvocation(
  { controller, method, metadata }: ActionDescription,
  served: ServedPlugin,
): Invocation {
  const provide = instanceProvider(controller, served.instances);
  const { appendParams, methodOverride } = metadata;
  return (values, action, context) => {
    const all: unknown[] = appendParams ? [...(appendParams(action) as unknown[]), ...values] : values;
    if (methodOverride) return methodOverride(metadata, action, all) as unknown;
    return whenReady(provide(context), (instance) => (instance as Controller)[method]?.(...all));
  };
}

/** The action has answered by itself, or its answer comes too late. */
function drop(result: unknown, context: RequestContext, { next }: Steps): void {
  const { destroy } = (result ?? {}) as { destroy?: unknown };
  if (typeof destroy === 'function' && 'pipe' in (result as object)) destroy.call(result);
  if (!context.expired) next();
}
