import type { Response } from 'express';
import { Readable } from 'node:stream';

/** Something that can be piped: a Readable, or an older stream with less to it. */
export interface Pipeable {
  pipe(destination: NodeJS.WritableStream): unknown;
  readonly readableEnded?: boolean;
  on?(event: string, listener: (error?: unknown) => void): unknown;
  unpipe?(destination: NodeJS.WritableStream): unknown;
  destroy?(error?: unknown): unknown;
}

/**
 * Sends a stream at the client's pace. Where either end breaks, the other is ended: the source is destroyed when the client
 * goes, and `fail` is told of an error of the source, before or after the answer has begun.
 */
export function sendStream(source: Pipeable, response: Response, fail: (error: unknown) => void): void {
  let isOver = false;
  const finish = (): void => {
    isOver = true;
    source.unpipe?.(response);
    source.destroy?.();
  };
  // A chunk can still be under way when the response has been ended by the time limit.
  response.on('error', finish);
  response.once('close', finish);
  const failOnce = (error: unknown): void => {
    if (isOver) return;
    finish();
    fail(error);
  };
  source.on?.('error', failOnce);
  source.on?.('close', () => {
    if (source.readableEnded === false) failOnce(new Error('The stream was closed before its end'));
  });
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  if (source instanceof Readable && source.readableObjectMode) pump(source, response, failOnce);
  else source.pipe(response);
}

/** As `pipe`, which lets a chunk that is neither text nor bytes escape as an uncaught exception. */
function pump(source: Readable, response: Response, fail: (error: unknown) => void): void {
  source.on('data', (chunk: unknown) => {
    try {
      if (response.write(chunk)) return;
    } catch (error) {
      fail(error);
      return;
    }
    source.pause();
    response.once('drain', () => source.resume());
  });
  source.once('end', () => response.end());
}

export function isPipeable(value: unknown): value is Pipeable {
  return typeof (value as { pipe?: unknown } | null | undefined)?.pipe === 'function';
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
