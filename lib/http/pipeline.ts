import type { Action } from 'routing-controllers';
import type { RequestContext } from './request-context.ts';

/** A step on the way to an action, the action itself, or what runs after it. */
export type Layer = (
  | { readonly kind: 'request'; readonly run: (context: RequestContext, step: Step) => void }
  | { readonly kind: 'error'; readonly run: (error: unknown, context: RequestContext, step: Step) => void }
) & {
  /** That which comes after it in its action: a list would be more to fetch from memory. */
  next?: Layer | undefined;
};

/** The first of layers of which each knows the next from now on; a layer is of one action only. */
export function chained(layers: readonly Layer[]): Layer | undefined {
  for (const [position, layer] of layers.entries()) layer.next = layers[position + 1];
  return layers[0];
}

/** What surrounds the layers. */
export interface PipelineEnds {
  /** After the last layer comes the app. */
  readonly goesOn: boolean;
  answerError(error: unknown, fromMiddlewareClass: boolean): void;
  /** A layer has failed after it had handed on: the answer is another layer's. */
  report(error: unknown): void;
  /** From now on the action waits, unless it is through: its time runs. */
  keepTime(): void;
  /** The answer is there to its end, and no layer is to come. */
  settle(): void;
  /** All layers are through; with the error that none of them has taken. */
  end(error?: unknown): void;
}

/** Runs layers one after another, as Express runs the handlers of a route. */
export class Pipeline {
  constructor(
    private next: Layer | undefined,
    private readonly context: RequestContext,
    readonly ends: PipelineEnds,
  ) {}

  get action(): Pick<Action, 'request' | 'response'> {
    return this.context;
  }

  /** Nobody comes after the layer that is at work. */
  get isLast(): boolean {
    return this.next === undefined && !this.ends.goesOn;
  }

  /** To the next layer, or to the next error layer. */
  advance(error?: unknown): void {
    if (this.context.expired) return;
    if (error === 'route' || error === 'router') return this.ends.end(error);
    const kind = error ? 'error' : 'request';
    let layer = this.next;
    while (layer && layer.kind !== kind) layer = layer.next;
    this.next = layer?.next;
    if (!layer) return this.ends.end(error);
    const step = new Step(this);
    try {
      if (layer.kind === 'error') layer.run(error, this.context, step);
      else layer.run(this.context, step);
    } catch (thrown) {
      step.pass(thrown);
    }
  }
}

/** How one layer of an action hands on, which it may do once; what comes later is ignored. */
export class Step {
  private isOver = false;

  constructor(private readonly pipeline: Pipeline) {}

  get isLast(): boolean {
    return this.pipeline.isLast;
  }

  /** To the next layer, or to the next error layer. */
  advance(error?: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    this.pipeline.advance(error);
  }

  /** Hands an error on, or reports it where this layer has handed on already. */
  pass(thrown: unknown): void {
    const error = asError(thrown);
    if (this.isOver) this.pipeline.ends.report(error);
    else this.advance(error);
  }

  /** Answers an error at once, as routing-controllers does, then goes on to the error layers. */
  fail(thrown: unknown, fromMiddlewareClass = false): void {
    const error = asError(thrown);
    if (this.isOver) return this.pipeline.ends.report(error);
    this.pipeline.ends.answerError(error, fromMiddlewareClass);
    this.advance(error);
  }

  /** What was sent bit by bit is sent, or its client gone: no layer comes after it, as in routing-controllers. */
  settle(): void {
    this.pipeline.ends.settle();
  }

  /** The action has had to wait for its client; what it waits for from now on is its own. */
  keepTime(): void {
    this.pipeline.ends.keepTime();
  }

  /**
   * {@link advance} for somebody else: a middleware, or a decorator of one's own. A new one each time: where a step kept it,
   * Node 24 kept each request until the first big collection, and made objects of those that came after it as old ones.
   */
  get next(): (error?: unknown) => void {
    return (error) => this.advance(error);
  }

  /** What routing-controllers hands to checkers, interceptors and decorators of one's own. */
  get action(): Action {
    const { request, response } = this.pipeline.action;
    return { request, response, next: this.next };
  }
}

/** Error layers tell an error from none by its truth. */
function asError(thrown: unknown): unknown {
  return thrown || new Error(`Thrown: ${String(thrown)}`);
}
