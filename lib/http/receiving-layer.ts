import type { RequestHandler } from 'express';
import { functionLayer } from './middleware.ts';
import type { Layer } from './pipeline.ts';

/** A handler that waits for what the client sends: a slow client does not use up the action's time. */
export function receivingLayer(handler: RequestHandler | undefined): Layer | undefined {
  if (!handler) return undefined;
  const layer = functionLayer(handler);
  if (layer.kind === 'error') return layer;
  return {
    kind: 'request',
    run: (context, steps) => {
      context.deadline?.pause();
      const next = (error?: unknown): void => {
        context.deadline?.resume();
        steps.next(error);
      };
      layer.run(context, { ...steps, next });
    },
  };
}
