import type { NextFunction, Request, RequestHandler } from 'express';
import { AsyncResource } from 'node:async_hooks';
import { Readable } from 'node:stream';

/**
 * Reads the usual JSON body: uncompressed UTF-8 of a known length within the limit, an object or a list. Any other, one
 * that can't be parsed among them, is left to body-parser, so that its errors stay its own.
 */
export function usualJson(parse: RequestHandler, limit: unknown): RequestHandler {
  return (request, response, next) => {
    if (!isUsual(request, limit)) {
      void parse(request, response, next);
      return;
    }
    receive(request, next, (bytes) => {
      const text = bytes.toString();
      if (isUsualText(text)) {
        try {
          request.body = JSON.parse(text);
        } catch {
          parseAgain(parse, bytes, { request, next });
          return;
        }
        next();
      } else {
        parseAgain(parse, bytes, { request, next });
      }
    });
  };
}

function isUsual(request: Request, limit: unknown): boolean {
  const { headers } = request;
  return (
    headers['content-encoding'] === undefined &&
    headers['transfer-encoding'] === undefined &&
    Number(headers['content-length']) <= (limit as number) &&
    isUsualType(headers['content-type']) &&
    request.readable &&
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
  const onData = (chunk: Buffer): void => void chunks.push(chunk);
  const finish = (error?: Error): void => {
    request.off('data', onData);
    request.off('end', onEnd);
    request.off('error', onError);
    if (error) next(Object.assign(error, { status: 400, expose: true, type: 'request.aborted' }));
    else done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
  };
  const onEnd = (): void => waiting.runInAsyncScope(finish);
  const onError = (): void => waiting.runInAsyncScope(finish, undefined, new Error('request aborted'));
  request.on('data', onData).once('end', onEnd).once('error', onError);
}

/** body-parser takes nothing but lists and objects. */
function isUsualText(text: string): boolean {
  const start = /[^\x20\t\n\r]/.exec(text)?.[0];
  return start === '{' || start === '[';
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
