import { compileAuthorization } from './authorization.ts';
import { compileBodyParser } from './body.ts';
import type { ActionDescription } from './controller-metadata.ts';
import { instanceProvider, knownInstance } from './instance-provider.ts';
import { compileInterceptors, type Interception } from './interceptors.ts';
import { compileUses, type Surroundings } from './middleware.ts';
import { compileParameters, type Parameters } from './parameters.ts';
import type { Layer, Step } from './pipeline.ts';
import type { ServedPlugin } from './plugin-routes.ts';
import { isPromiseLike, whenReady } from './promises.ts';
import { receivingLayer } from './receiving-layer.ts';
import type { RequestContext } from './request-context.ts';
import { compileReply, type Reply } from './response.ts';
import { ActionService } from './serve-request.ts';
import { isAsyncIterable, isPipeable } from './stream-response.ts';
import { runIn, type PluginScope } from '../supervision/escapes/plugin-scope.ts';
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
): ActionService {
  const { served, middlewares } = surroundings;
  const { metadata } = description;
  const uses = compileUses(metadata, served.instances);
  const { scope } = served;
  const own = (layers: readonly Layer[]): Layer[] => layers.map((layer) => entering(layer, scope));
  const uploads = compileUploads(metadata, served.limits);
  const layers: (Layer | undefined)[] = [
    ...own([...middlewares.before, ...uses.before]),
    receivingLayer(compileBodyParser(metadata, served.limits)),
    compileAuthorization(metadata, served.options),
    receivingLayer(uploads && ((...args) => runIn(scope, uploads, ...args))),
    new ActionCall(description, surroundings),
    ...own([...uses.after, ...middlewares.after]),
  ];
  return new ActionService(
    { name: description.name, answersJson: metadata.isJsonTyped, headers: metadata.headers },
    served,
    layers.filter((layer) => layer !== undefined),
  );
}

/** A layer that is the plugin's own. */
function entering(layer: Layer, scope: PluginScope | undefined): Layer {
  return layer.kind === 'error'
    ? {
        kind: 'error',
        run: (error, context, step) => runIn(scope, layer.run, error, context, step),
        next: undefined,
      }
    : { kind: 'request', run: (context, step) => runIn(scope, layer.run, context, step), next: undefined };
}

type Controller = Record<string, (...values: unknown[]) => unknown>;
/** Calls the method; gives what it gives. */
type Invocation = (values: unknown[], context: RequestContext, step: Step) => unknown;

/**
 * Arguments, the method, interceptors, the answer: a promise is waited for where there is one. An object with all that is
 * needed, not functions that hold functions: among thousands of actions most of the time goes into fetching them to the
 * processor's cache.
 */
class ActionCall {
  readonly kind = 'request';
  next: Layer | undefined = undefined;
  private readonly parameters: Parameters;
  private readonly instance: Controller | undefined;
  private readonly method: string;
  /** Where there is more to a call than the method of a known instance. */
  private readonly invocation: Invocation | undefined;
  private readonly intercept: Interception | undefined;
  private readonly reply: Reply;
  private readonly scope: PluginScope | undefined;

  constructor(description: ActionDescription, { served, render }: ActionSurroundings) {
    const { metadata, controller, method } = description;
    this.parameters = compileParameters(metadata.params, served.options);
    this.instance = knownInstance(controller, served.instances) as Controller | undefined;
    this.method = method;
    this.invocation = compileInvocation(description, served, this.instance);
    this.intercept = compileInterceptors(metadata, served);
    this.reply = compileReply(metadata, served, render);
    this.scope = served.scope;
  }

  run(context: RequestContext, step: Step): void {
    let result: unknown;
    try {
      result = runIn(this.scope, call, this, context, step);
    } catch (error) {
      step.fail(error);
      return;
    }
    if (isPromiseLike(result)) {
      result.then(
        (value) => this.finish(value, context, step),
        (error: unknown) => step.fail(error),
      );
    } else this.finish(result, context, step);
  }

  call(context: RequestContext, step: Step): unknown {
    const values = this.parameters.read(context, step);
    return isPromiseLike(values)
      ? values.then((ready) => this.invoke(ready, context, step))
      : this.invoke(values, context, step);
  }

  private invoke(values: unknown[], context: RequestContext, step: Step): unknown {
    const { instance, invocation } = this;
    if (invocation || !instance) return invocation?.(values, context, step);
    // Looked up at each call: a test may have put a spy in the method's place.
    return instance[this.method]?.(...values);
  }

  private finish(result: unknown, context: RequestContext, step: Step): void {
    if (!this.intercept) return this.succeed(result, context, step);
    let intercepted: unknown;
    try {
      intercepted = runIn(this.scope, this.intercept, result, step.action, context);
    } catch (error) {
      step.fail(error);
      return;
    }
    if (isPromiseLike(intercepted)) {
      intercepted.then(
        (value) => this.succeed(value, context, step),
        (error: unknown) => step.fail(error),
      );
    } else this.succeed(intercepted, context, step);
  }

  private succeed(result: unknown, context: RequestContext, step: Step): void {
    if (result !== context.response && context.isAnswered) return drop(result, context, step);
    try {
      // What comes bit by bit is made while it is sent.
      if (isStream(result)) runIn(this.scope, this.reply, result, context, step);
      else this.reply(result, context, step);
    } catch (error) {
      step.fail(error);
    }
  }
}

// No closure of its own for each request.
function call(action: ActionCall, context: RequestContext, step: Step): unknown {
  return action.call(context, step);
}

function isStream(result: unknown): boolean {
  return typeof result === 'object' && result !== null && (isPipeable(result) || isAsyncIterable(result));
}

function compileInvocation(
  { controller, method, metadata }: ActionDescription,
  served: ServedPlugin,
  known: Controller | undefined,
): Invocation | undefined {
  const { appendParams, methodOverride } = metadata;
  if (known && !appendParams && !methodOverride) return undefined;
  const provide = instanceProvider(controller, served.instances);
  const call: Invocation = (values, context) =>
    whenReady(provide(context), (instance) => (instance as Controller)[method]?.(...values));
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
