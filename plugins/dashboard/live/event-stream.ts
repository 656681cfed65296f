import type { Response } from 'express';

/**
 * Server-sent events on one response, until its reader or its plugin goes. Now and then it ends by itself: its reader comes
 * again, and is asked again who it is.
 */
export class EventStream {
  /** Resolves when nothing can be sent any more. */
  readonly ended: Promise<void>;

  constructor(
    private readonly response: Response,
    signal: AbortSignal,
  ) {
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      // A proxy that collects it first would make it late.
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    response.write(`retry: ${retryMs}\n\n`);
    const life = setTimeout(() => response.end(), longestMs);
    this.ended = new Promise((resolve) => {
      response.once('close', () => {
        clearTimeout(life);
        resolve();
      });
      signal.addEventListener('abort', () => response.end(), { once: true });
      if (signal.aborted) response.end();
    });
  }

  /** What a reader that is far behind has not taken yet is not to fill the memory: it is cut off, and comes again. */
  send(event: string, data: object, id?: number): void {
    const { response } = this;
    if (response.writableEnded || response.destroyed) return;
    if (response.writableLength > mostBehind) {
      response.destroy();
      return;
    }
    const number = id === undefined ? '' : `id: ${id}\n`;
    response.write(`${number}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}

const retryMs = 1_000;
const longestMs = 10 * 60_000;

/** In bytes. */
const mostBehind = 1_000_000;
