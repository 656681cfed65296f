import { HttpError } from 'routing-controllers';
import { errorName } from './error-kind.ts';
import type { ActionOptions } from './plugin-routes.ts';
import { requestContext } from './request-context.ts';

/**
 * For `errorBody`: the shape of routing-controllers, with all own properties of an error and, unless NODE_ENV is `production`
 * or `development: false` is set, its stack. It tells clients what they need not know: for moving over, not for staying.
 */
export function routingControllersErrorBody(error: unknown, request: unknown): unknown {
  const context = requestContext(request);
  const options = context?.action.options ?? {};
  return context?.action.answersJson === false ? errorText(error, options) : errorJson(error, options);
}

/** The shape where routing-controllers does not know the action: errors of middleware classes. */
export function errorText(error: unknown, options: ActionOptions): unknown {
  if (!(error instanceof Error)) return error;
  if (isDevelopment(options) && error.stack) return error.stack;
  return error.message || error;
}

function errorJson(error: unknown, options: ActionOptions): unknown {
  const { toJSON } = (error ?? {}) as { toJSON?: unknown };
  if (typeof toJSON === 'function') return toJSON.call(error) as unknown;
  if (!(error instanceof Error)) return error;
  const name = errorName(error);
  const body: Properties = { name };
  if (error.message) body.message = error.message;
  if (error.stack && isDevelopment(options)) body.stack = error.stack;
  const hidden = ['stack', 'name', 'message', ...(error instanceof HttpError ? ['httpCode'] : [])];
  for (const [key, value] of Object.entries(error)) if (!hidden.includes(key)) body[key] = value as unknown;
  const override: unknown = options.errorOverridingMap?.[name];
  return override === undefined ? body : merge(body, override as Properties);
}

type Properties = Record<string, unknown>;

/** The second wins as a whole, as in routing-controllers, whose deep merge is undone by its last step. */
function merge(body: Properties, override: Properties): Properties {
  return { ...body, ...override };
}

function isDevelopment({ development }: ActionOptions): boolean {
  return development ?? process.env.NODE_ENV !== 'production';
}
