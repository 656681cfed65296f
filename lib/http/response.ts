import { instanceToPlain } from 'class-transformer';
import { NotFoundError, type Action, type ActionMetadata } from 'routing-controllers';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { sendJson } from './json-response.ts';
import type { Step } from './pipeline.ts';
import { isPlain } from './plain-result.ts';
import type { ActionOptions, ServedPlugin } from './plugin-routes.ts';
import { redirectUrl } from './redirect-url.ts';
import type { RequestContext } from './request-context.ts';
import { sendStream, type Pipeable } from './stream-response.ts';
import type { ViewRenderer } from './views.ts';

/** Sends an action's result. May throw, which then is the answer: `NotFoundError` for undefined. */
export type Reply = (result: unknown, context: RequestContext, step: Step) => void;

/** What of a result becomes what on the wire, decided once for each action. */
export function compileReply(metadata: ActionMetadata, served: ServedPlugin, render: ViewRenderer): Reply {
  const toPlain = compileToPlain(metadata, served.options);
  const headers = Object.entries(metadata.headers);
  const send = compileSend(metadata, served, render);
  return (result, context, step) => {
    const { response } = context;
    if (result && result === response) return step.advance();
    const plain = toPlain ? toPlain(result) : result;
    setStatus(plain, metadata, response, step);
    for (const [name, value] of headers) response.header(name, value);
    send(plain, context, step);
  };
}

/** undefined where class-transformer is off. */
function compileToPlain(
  metadata: ActionMetadata,
  options: ActionOptions,
): ((result: unknown) => unknown) | undefined {
  if (options.classTransformer === false || metadata.options.transformResponse === false) return undefined;
  const settings = metadata.responseClassTransformOptions ?? options.classToPlainTransformOptions;
  const skipsPlain = metadata.isJsonTyped && settings === undefined;
  return (result) => {
    if (!(result instanceof Object) || (skipsPlain && isPlain(result))) return result;
    if (result instanceof Uint8Array || isPipeable(result) || isAsyncIterable(result)) return result;
    return instanceToPlain(result, settings);
  };
}

type ErrorClass = new (action: Action) => Error;

function setStatus(result: unknown, metadata: ActionMetadata, response: Response, step: Step): void {
  const { undefinedResultCode, nullResultCode, successHttpCode } = metadata;
  let code: unknown = successHttpCode;
  if (result === undefined && undefinedResultCode) code = undefinedResultCode;
  else if (result === null) code = nullResultCode || 204;
  if (typeof code === 'function') throw new (code as ErrorClass)(step.action);
  if (code) response.status(code as number);
}

function compileSend(metadata: ActionMetadata, { etag }: ServedPlugin, render: ViewRenderer): Reply {
  if (metadata.redirect)
    return (result, { response }, step) => sendRedirect(metadata.redirect, result, response, step);
  if (metadata.renderedTemplate)
    return (result, context, step) => sendPage(render, metadata.renderedTemplate, result, context, step);
  const sendValue = compileSendValue(metadata, etag);
  return (result, { response }, step) => {
    if (result === undefined && !metadata.undefinedResultCode) throw new NotFoundError();
    if (typeof result === 'object' && result !== null) {
      if (result instanceof Uint8Array) return sendBytes(response, result);
      const fail = (error: unknown): void => step.fail(error);
      if (isPipeable(result)) return sendStream(result, response, fail);
      if (isAsyncIterable(result)) return sendStream(Readable.from(result), response, fail);
    }
    sendValue(response, result);
    step.advance();
  };
}

function compileSendValue(
  { isJsonTyped }: ActionMetadata,
  etag: boolean | undefined,
): (response: Response, value: unknown) => void {
  if (!isJsonTyped) return (response, value) => void response.send(value);
  if (etag) return (response, value) => void response.json(value);
  return sendJson;
}

function sendBytes(response: Response, bytes: Uint8Array): void {
  // Node does so for all but HEAD.
  const isHead = response.req.method === 'HEAD' && response.statusCode !== 204 && response.statusCode !== 304;
  if (isHead && !response.hasHeader('Content-Length')) response.setHeader('Content-Length', bytes.byteLength);
  response.end(bytes);
}

function sendRedirect(url: string, result: unknown, response: Response, step: Step): void {
  if (typeof result === 'string') response.redirect(result);
  else if (result instanceof Object) response.redirect(redirectUrl(url, result as Record<string, unknown>));
  else response.redirect(url);
  step.advance();
}

function sendPage(
  render: ViewRenderer,
  template: string,
  result: unknown,
  context: RequestContext,
  step: Step,
): void {
  const send = (html: string): void => {
    if (context.isAnswered) return;
    context.response.send(html);
    step.advance();
  };
  render(template, result instanceof Object ? result : {}, context)
    .then(send)
    .catch((error: unknown) => step.fail(error));
}

function isPipeable(value: unknown): value is Pipeable {
  return typeof (value as { pipe?: unknown } | null | undefined)?.pipe === 'function';
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
