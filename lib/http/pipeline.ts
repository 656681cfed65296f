import type { RequestContext } from './request-context.ts';

/** How one layer of an action hands on. Each may be called once; what comes later is ignored. */
export interface Steps {
  /** To the next layer, or to the next error layer. */
  readonly next: (error?: unknown) => void;
  /** Answers an error at once, as routing-controllers does, then goes on to the error layers. */
  readonly fail: (error: unknown, fromMiddlewareClass?: boolean) => void;
}

/** A step on the way to an action, the action itself, or what runs after it. */
export type Layer =
  | { readonly kind: 'request'; readonly run: (context: RequestContext, steps: Steps) => void }
  | { readonly kind: 'error'; readonly run: (error: unknown, context: RequestContext, steps: Steps) => void };

/** What surrounds the layers. */
export interface PipelineEnds {
  readonly answerError: (error: unknown, fromMiddlewareClass: boolean) => void;
  /** A layer has failed after it had handed on: the answer is another layer's. */
  readonly report: (error: unknown) => void;
  /** All layers are through; with the error that none of them has taken. */
  readonly end: (error?: unknown) => void;
}

/** Runs layers one after another, as Express runs the handlers of a route. */
export function runLayers(layers: readonly Layer[], context: RequestContext, ends: PipelineEnds): void {
  let position = 0;
  const advance = (error?: unknown): void => {
    if (context.expired) return;
    if (error === 'route' || error === 'router') return ends.end(error);
    const kind = error ? 'error' : 'request';
    let layer = layers[position++];
    while (layer && layer.kind !== kind) layer = layers[position++];
    if (!layer) return ends.end(error);
    const steps = stepsOnce(advance, ends);
    try {
      if (layer.kind === 'error') layer.run(error, context, steps);
      else layer.run(context, steps);
    } catch (thrown) {
      steps.next(asError(thrown));
    }
  };
  advance();
}

function stepsOnce(advance: (error?: unknown) => void, { answerError, report }: PipelineEnds): Steps {
  let isOver = false;
  const once = (error?: unknown): void => {
    if (isOver) return;
    isOver = true;
    advance(error);
  };
  const fail = (thrown: unknown, fromMiddlewareClass = false): void => {
    const error = asError(thrown);
    if (isOver) return report(error);
    answerError(error, fromMiddlewareClass);
    once(error);
  };
  return { next: once, fail };
}

/** Error layers tell an error from none by its truth. */
function asError(thrown: unknown): unknown {
  return thrown || new Error(`Thrown: ${String(thrown)}`);
}
