import { instanceToPlain } from 'class-transformer';
import { NotFoundError, type Action, type ActionMetadata } from 'routing-controllers';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { redirectUrl } from './redirect-url.ts';
import type { RequestContext } from './request-context.ts';
import { sendStream, type Pipeable } from './stream-response.ts';
import type { ViewRenderer } from './views.ts';
import type { ActionOptions } from './plugin-routes.ts';

/** How an answer goes on. */
interface ReplyContinuation {
  /** The answer is given: on to what runs after it. */
  readonly next: () => void;
  readonly fail: (error: unknown) => void;
}

/** Sends an action's result. May throw, which then is the answer: `NotFoundError` for undefined. */
export type Reply = (result: unknown, context: RequestContext, continuation: ReplyContinuation) => void;

/** What of a result becomes what on the wire, decided once for each action. */
export function compileReply(metadata: ActionMetadata, options: ActionOptions, render: ViewRenderer): Reply {
  const toPlain = compileToPlain(metadata, options);
  const headers = Object.entries(metadata.headers);
  const send = compileSend(metadata, render);
  return (result, context, continuation) => {
    const { request, response } = context;
    if (result && result === response) return continuation.next();
    const plain = toPlain(result);
    setStatus(plain, metadata, { request, response });
    for (const [name, value] of headers) response.header(name, value);
    send(plain, context, continuation);
  };
}

function compileToPlain(metadata: ActionMetadata, options: ActionOptions): (result: unknown) => unknown {
  if (options.classTransformer === false || metadata.options.transformResponse === false)
    return (result) => result;
  const settings = metadata.responseClassTransformOptions ?? options.classToPlainTransformOptions;
  return (result) => {
    if (!(result instanceof Object) || result instanceof Uint8Array) return result;
    return isPipeable(result) || isAsyncIterable(result) ? result : instanceToPlain(result, settings);
  };
}

type ErrorClass = new (action: Action) => Error;

function setStatus(
  result: unknown,
  metadata: ActionMetadata,
  action: { request: unknown; response: Response },
): void {
  const { undefinedResultCode, nullResultCode, successHttpCode } = metadata;
  let code: unknown = successHttpCode;
  if (result === undefined && undefinedResultCode) code = undefinedResultCode;
  else if (result === null) code = nullResultCode || 204;
  if (typeof code === 'function') throw new (code as ErrorClass)(action);
  if (code) action.response.status(code as number);
}

type Send = Reply;

function compileSend(metadata: ActionMetadata, render: ViewRenderer): Send {
  if (metadata.redirect)
    return (result, { response }, { next }) => sendRedirect(metadata.redirect, result, response, next);
  if (metadata.renderedTemplate)
    return (result, context, go) => sendPage(render, metadata.renderedTemplate, result, context, go);
  const sendValue = metadata.isJsonTyped ? sendJson : sendText;
  return (result, { response }, { next, fail }) => {
    if (result === undefined && !metadata.undefinedResultCode) throw new NotFoundError();
    if (result instanceof Uint8Array) return void response.end(result);
    if (isPipeable(result)) return sendStream(result, response, fail);
    if (isAsyncIterable(result)) return sendStream(Readable.from(result), response, fail);
    sendValue(response, result);
    next();
  };
}

function sendJson(response: Response, result: unknown): void {
  response.json(result);
}

function sendText(response: Response, result: unknown): void {
  response.send(result);
}

function sendRedirect(url: string, result: unknown, response: Response, next: () => void): void {
  if (typeof result === 'string') response.redirect(result);
  else if (result instanceof Object) response.redirect(redirectUrl(url, result as Record<string, unknown>));
  else response.redirect(url);
  next();
}

function sendPage(
  render: ViewRenderer,
  template: string,
  result: unknown,
  context: RequestContext,
  { next, fail }: ReplyContinuation,
): void {
  const send = (html: string): void => {
    if (context.isAnswered) return;
    context.response.send(html);
    next();
  };
  render(template, result instanceof Object ? result : {}, context)
    .then(send)
    .catch(fail);
}

function isPipeable(value: unknown): value is Pipeable {
  return typeof (value as { pipe?: unknown } | null | undefined)?.pipe === 'function';
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
