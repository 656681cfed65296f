import { NotFoundError, type Action, type ActionMetadata } from 'routing-controllers';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { sendJson } from './json-response.ts';
import type { Step } from './pipeline.ts';
import type { ServedPlugin } from './plugin-routes.ts';
import { redirectUrl } from './redirect-url.ts';
import type { RequestContext } from './request-context.ts';
import { replyTraits, traitsKey, type ReplyTraits } from './reply-traits.ts';
import { isAsyncIterable, isPipeable, sendStream, type Pipeable } from './stream-response.ts';
import { compileToPlain, type ToPlain } from './to-plain.ts';
import type { ViewRenderer } from './views.ts';

/** Sends an action's result. May throw, which then is the answer: `NotFoundError` for undefined. */
export type Reply = (result: unknown, context: RequestContext, step: Step) => void;

/** What of a result becomes what on the wire, decided once for each action; one for all that do alike. */
export function compileReply(metadata: ActionMetadata, served: ServedPlugin, render: ViewRenderer): Reply {
  const traits = replyTraits(metadata, served.etag);
  const toPlain = compileToPlain(metadata, served.options);
  const send = compileSpecialSend(metadata, render);
  return send ? createReply(traits, toPlain, send) : sharedReply(traits, toPlain);
}

/** By what makes their results plain, then by their traits. */
const known = new WeakMap<ToPlain, Map<string, Reply>>();

/** Among a thousand plugins it is at hand, in the processor's cache, which a thousand replies would not be. */
function sharedReply(traits: ReplyTraits, toPlain: ToPlain): Reply {
  const key = traitsKey(traits);
  const alike = known.get(toPlain) ?? new Map<string, Reply>();
  const reply = alike.get(key ?? '') ?? createReply(traits, toPlain, compileSend(traits));
  if (key !== undefined) known.set(toPlain, alike.set(key, reply));
  return reply;
}

function createReply(traits: ReplyTraits, toPlain: ToPlain, send: Reply): Reply {
  return (result, context, step) => {
    const { response } = context;
    if (result && result === response) return step.advance();
    const plain = toPlain(result);
    setStatus(plain, traits, response, step);
    for (const [name, value] of traits.headers) response.header(name, value);
    send(plain, context, step);
  };
}

type ErrorClass = new (action: Action) => Error;

function setStatus(result: unknown, traits: ReplyTraits, response: Response, step: Step): void {
  let code: unknown = traits.successCode;
  if (result === undefined && traits.undefinedCode) code = traits.undefinedCode;
  else if (result === null) code = traits.nullCode || 204;
  if (typeof code === 'function') throw new (code as ErrorClass)(step.action);
  if (code) response.status(code as number);
}

/** A redirect, or a page; undefined where the result itself is sent. */
function compileSpecialSend(metadata: ActionMetadata, render: ViewRenderer): Reply | undefined {
  const redirect = metadata.redirect as string | undefined;
  const template = metadata.renderedTemplate as string | undefined;
  if (redirect) return (result, { response }, step) => sendRedirect(redirect, result, response, step);
  if (template) return (result, context, step) => sendPage(render, template, result, context, step);
  return undefined;
}

function compileSend(traits: ReplyTraits): Reply {
  const sendValue = compileSendValue(traits);
  const { undefinedCode } = traits;
  return (result, { response }, step) => {
    if (result === undefined && !undefinedCode) throw new NotFoundError();
    if (typeof result === 'object' && result !== null) {
      if (result instanceof Uint8Array) return sendBytes(response, result);
      if (isPipeable(result)) return pipe(result, response, step);
      if (isAsyncIterable(result)) return pipe(Readable.from(result), response, step);
    }
    sendValue(response, result, step.isLast);
    step.advance();
  };
}

function pipe(source: Pipeable, response: Response, step: Step): void {
  response.once('close', () => step.settle());
  sendStream(source, response, (error) => step.fail(error));
}

type SendValue = (response: Response, value: unknown, isLast: boolean) => void;

function compileSendValue({ isJsonTyped, etag }: ReplyTraits): SendValue {
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
