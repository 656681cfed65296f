import { safeErrorBody, safeErrorText } from './error-body.ts';
import { errorKind } from './error-kind.ts';
import type { ServedPlugin } from './plugin-routes.ts';
import type { RequestContext } from './request-context.ts';
import { errorText, routingControllersErrorBody } from './routing-controllers-error-body.ts';

/** An error on its way to the client. */
export interface Failure {
  readonly error: unknown;
  /** Sent with the error as with a success: those of `@Header`, `@ContentType`, `@Location`. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Thrown by a middleware class, which routing-controllers answers without looking at the action. */
  readonly fromMiddlewareClass: boolean;
}

/** Answers errors, in whatever state the response is; never throws. */
export type ErrorResponder = (failure: Failure, context: RequestContext) => void;

/** Tells the host of an error. */
export type ErrorReport = (error: unknown, context: RequestContext) => void;

/** Answers with the host's `errorBody`, or safely where there is none. */
export function compileErrorResponder(
  { errorBody, mask }: Pick<ServedPlugin, 'errorBody' | 'mask'>,
  report: ErrorReport,
): ErrorResponder {
  return (failure, context) => {
    const { response } = context;
    if (response.writableEnded || response.destroyed) return;
    if (response.headersSent) {
      // Half an answer can't be made good: the client must see that it is broken.
      response.destroy();
      return;
    }
    try {
      response.status(errorKind(failure.error).status);
      for (const [name, value] of Object.entries(failure.headers)) response.header(name, value as string);
      if (errorBody) sendOwnBody(errorBody, failure, context);
      else sendSafeBody(failure, context, mask);
    } catch (second) {
      report(second, context);
      sendPlainly(context);
    }
  };
}

function sendSafeBody(
  { error }: Failure,
  { request, response, action }: RequestContext,
  mask: ServedPlugin['mask'],
): void {
  const safe = safeErrorBody(error, request);
  const body = mask ? mask(safe) : safe;
  if (action.answersJson) response.json(body);
  // A message can repeat what the client sent: it must not be taken for HTML.
  else response.type('text/plain').send(safeErrorText(body));
}

function sendOwnBody(
  errorBody: NonNullable<ServedPlugin['errorBody']>,
  { error, fromMiddlewareClass }: Failure,
  { request, response, action }: RequestContext,
): void {
  if (fromMiddlewareClass && errorBody === routingControllersErrorBody) {
    response.send(errorText(error, action.options));
    return;
  }
  const body = errorBody(error, request);
  if (action.answersJson) response.json(body);
  else response.send(body);
}

/** `errorBody` or a `toJSON` has itself failed, or what it gave can't be sent. */
function sendPlainly({ response, action, id }: RequestContext): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  const body = { name: 'InternalServerError', message: 'Internal Server Error', requestId: id };
  response.status(500);
  if (action.answersJson) response.json(body);
  else response.type('text/plain').send(safeErrorText(body));
}
