import type { RequestHandler } from 'express';
import type { Layer } from './pipeline.ts';
import { isPromiseLike } from './promises.ts';

/** A handler that waits for what the client sends: a slow client does not use up the action's time. */
export function receivingLayer(receive: RequestHandler | undefined): Layer | undefined {
  if (!receive) return undefined;
  return {
    kind: 'request',
    run: (context, step) => {
      context.startReceiving();
      const proceed = (error?: unknown): void => {
        context.isReceiving = false;
        step.advance(error);
        // From here on the action's time runs, if it has not answered at once.
        step.keepTime();
      };
      const receiving: unknown = receive(context.request, context.response, proceed);
      if (isPromiseLike(receiving)) receiving.then(undefined, proceed);
    },
  };
}
