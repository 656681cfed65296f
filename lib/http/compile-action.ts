import { compileAuthorization } from './authorization.ts';
import { compileBodyParser } from './body.ts';
import type { ActionDescription } from './controller-metadata.ts';
import { instanceProvider } from './instance-provider.ts';
import { compileInterceptors } from './interceptors.ts';
import { compileUses, type Surroundings } from './middleware.ts';
import type { RouteHandler } from './mount.ts';
import { compileParameters } from './parameters.ts';
import type { Layer, Step } from './pipeline.ts';
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

type Call = (context: RequestContext, step: Step) => void;

/** Arguments, the method, interceptors, the answer: a promise is waited for where there is one. */
function compileCall(description: ActionDescription, { served, render }: ActionSurroundings): Call {
  const { metadata } = description;
  const read = compileParameters(metadata.params, served.options);
  const invoke = compileInvocation(description, served);
  const intercept = compileInterceptors(metadata, served);
  const reply = compileReply(metadata, served, render);
  const succeed = (result: unknown, context: RequestContext, step: Step): void => {
    if (result !== context.response && context.isAnswered) return drop(result, context, step);
    try {
      reply(result, context, step);
    } catch (error) {
      step.fail(error);
    }
  };
  return (context, step) => {
    let result: unknown;
    try {
      const values = read(context, step);
      const called = isPromiseLike(values)
        ? values.then((ready) => invoke(ready, context, step))
        : invoke(values, context, step);
      result = intercept ? whenReady(called, (value) => intercept(value, step.action, context)) : called;
    } catch (error) {
      step.fail(error);
      return;
    }
    if (!isPromiseLike(result)) return succeed(result, context, step);
    result.then(
      (value) => succeed(value, context, step),
      (error: unknown) => step.fail(error),
    );
  };
}

type Invocation = (values: unknown[], context: RequestContext, step: Step) => unknown;
type Controller = Record<string, (...values: unknown[]) => unknown>;

function compileInvocation(
  { controller, method, metadata }: ActionDescription,
  served: ServedPlugin,
): Invocation {
  const provide = instanceProvider(controller, served.instances);
  const { appendParams, methodOverride } = metadata;
  const call: Invocation = (values, context) => {
    const instance = provide(context);
    if (isPromiseLike(instance)) return instance.then((ready) => (ready as Controller)[method]?.(...values));
    return (instance as Controller)[method]?.(...values);
  };
  if (!appendParams && !methodOverride) return call;
  return (values, context, step) => {
    const { action } = step;
    const all = appendParams ? [...(appendParams(action) as unknown[]), ...values] : values;
    if (methodOverride) return methodOverride(metadata, action, all) as unknown;
    return call(all, context, step);
  };
}

/** The action has answered by itself, or its answer comes too late. */
function drop(result: unknown, context: RequestContext, step: Step): void {
  const { destroy } = (result ?? {}) as { destroy?: unknown };
  if (typeof destroy === 'function' && 'pipe' in (result as object)) destroy.call(result);
  if (!context.expired) step.advance();
}
