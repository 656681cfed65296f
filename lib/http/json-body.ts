import type { NextFunction, Request, RequestHandler } from 'express';
import { AsyncResource } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { readBody } from './lazy-request.ts';

/**
 * Reads the usual JSON body: uncompressed UTF-8 of a known length, which is known to be within the limit, an object or a
 * list. Any other, one that can't be parsed among them, is left to body-parser, so that its errors stay its own.
 */
export function usualJson(parse: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (!isUsual(request)) {
      void parse(request, response, next);
      return;
    }
    receive(request, next, (bytes) => {
      const body = parseUsual(bytes.toString());
      if (body === undefined) return parseAgain(parse, bytes, { request, next });
      request.body = body;
      next();
    });
  };
}

function isUsual(request: Request): boolean {
  const { headers } = request;
  return (
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    headers['content-length'] !== undefined &&
    isUsualType(headers['content-type']) &&
    request.readable &&
    request.readableEncoding === null &&
    !request.readableDidRead
  );
}

function isUsualType(type: string | undefined): boolean {
  return type === 'application/json' || /^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(type ?? '');
}

function receive(request: Request, next: NextFunction, done: (bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  // The request's events know nothing of the `AsyncLocalStorage` of those who are waiting here.
  const waiting = new AsyncResource('BodyReader');
  const finish = (): void => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
  const abort = (): void => {
    const error = new Error('request aborted');
    next(Object.assign(error, { status: 400, expose: true, type: 'request.aborted' }));
  };
  readBody(request, {
    chunks,
    end: () => waiting.runInAsyncScope(finish),
    abort: () => waiting.runInAsyncScope(abort),
  });
}

/** undefined where body-parser has the word: it takes nothing but lists and objects. */
function parseUsual(text: string): unknown {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function parseAgain(
  parse: RequestHandler,
  bytes: Buffer,
  { request, next }: { request: Request; next: NextFunction },
): void {
  const copy = Object.assign(Readable.from([bytes]), { headers: request.headers }) as unknown as Request;
  void parse(copy, request.res as never, (error?: unknown) => {
    request.body = copy.body as unknown;
    next(error);
  });
}
