import { errorKind, errorName } from './error-kind.ts';
import { requestContext } from './request-context.ts';
import type { ActionOptions } from './plugin-routes.ts';

/**
 * What a client is told of an error: name and message of a 4xx `HttpError` (or its `toJSON`), with `errors` of property,
 * constraints and children after a failed validation. Of anything else only that it happened, and the request's id; in
 * development (`development: true`, or NODE_ENV is `development`) also message and stack.
 */
export function safeErrorBody(error: unknown, request: unknown): unknown {
  const context = requestContext(request);
  const body = errorKind(error).isForClient
    ? clientErrorBody(error as Error)
    : internalErrorBody(error, context?.id, isDevelopment(context?.action.options));
  return overridden(body, error, context?.action.options);
}

/** The text that stands for {@link safeErrorBody} where an action does not answer JSON. */
export function safeErrorText(body: unknown): string {
  const { message, stack, requestId } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof stack === 'string') return stack;
  const text = typeof message === 'string' ? message : String(body);
  return typeof requestId === 'string' ? `${text} (request ${requestId})` : text;
}

function clientErrorBody(error: Error): unknown {
  const { toJSON, errors } = error as { toJSON?: unknown; errors?: unknown };
  if (typeof toJSON === 'function') return toJSON.call(error) as unknown;
  const body = { name: errorName(error), message: error.message };
  return isValidation(errors) ? { ...body, errors: errors.map(toViolation) } : body;
}

interface Violation {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>> | undefined;
  readonly children?: readonly Violation[] | undefined;
}

function isValidation(errors: unknown): errors is Violation[] {
  if (!Array.isArray(errors) || errors.length === 0) return false;
  return errors.every((error: Partial<Violation> | null) => typeof error?.property === 'string');
}

/** Without `target` and `value`, which repeat the request's body. */
function toViolation({ property, constraints, children }: Violation): Violation {
  return { property, constraints, children: (children ?? []).map(toViolation) };
}

function internalErrorBody(error: unknown, requestId: string | undefined, development: boolean): object {
  const isLate = errorKind(error).status === 504;
  const body = isLate
    ? { name: 'GatewayTimeoutError', message: 'Gateway Timeout', requestId }
    : { name: 'InternalServerError', message: 'Internal Server Error', requestId };
  if (!development) return body;
  return error instanceof Error
    ? { ...body, name: errorName(error), message: error.message, stack: error.stack }
    : { ...body, message: describe(error) };
}

function describe(thrown: unknown): string {
  try {
    return `Thrown: ${String(thrown)}`;
  } catch {
    return 'Thrown: an object without a string form';
  }
}

function isDevelopment(options: ActionOptions | undefined): boolean {
  return options?.development ?? process.env.NODE_ENV === 'development';
}

function overridden(body: unknown, error: unknown, options: ActionOptions | undefined): unknown {
  const map = options?.errorOverridingMap;
  const override = error instanceof Error ? map?.[errorName(error)] : undefined;
  if (!override || typeof body !== 'object' || body === null) return body;
  return { ...body, ...override };
}
