import type { NextFunction } from 'express';
import { requestTimeoutError } from '../errors/http-errors.ts';
import { Deadline } from './deadline.ts';
import { errorKind } from './error-kind.ts';
import {
  compileErrorResponder,
  type ErrorReport,
  type ErrorResponder,
  type Failure,
} from './error-response.ts';
import type { RouteHandler } from './mount.ts';
import { Pipeline, type Layer, type PipelineEnds } from './pipeline.ts';
import type { ServedPlugin } from './plugin-routes.ts';
import { RequestContext, type ServingAction } from './request-context.ts';

/** What is to be known of an action around it. */
export interface ServedAction {
  /** `Class.method`. */
  readonly name: string;
  readonly answersJson: boolean;
  /** Of errors, too. */
  readonly headers: Failure['headers'];
}

/** Runs an action's layers for each request, answers what fails in them, and keeps the time. */
export function compileServe(
  { name, answersJson, headers }: ServedAction,
  served: ServedPlugin,
  layers: readonly Layer[],
): RouteHandler {
  const action: ServingAction = { plugin: served.name, name, answersJson, options: served.options };
  const report = compileReport(served, name);
  const surroundings: Surroundings = {
    requestMs: served.requestMs,
    headers,
    passesErrorsOn: served.options.defaultErrorHandler === false,
    goesOn: served.goesOn === true,
    report,
    respond: compileErrorResponder(served, report),
  };
  const handle: RouteHandler = (request, response, appNext) => {
    const context = new RequestContext(request, response, action);
    const run = new Run(context, surroundings, appNext);
    new Pipeline(layers, context, run).advance();
    if (served.requestMs !== Infinity && !context.isAnswered && !context.hasLeft) run.keepTime();
  };
  return served.enter ? served.enter(handle) : handle;
}

/** What all requests of one action have in common. */
interface Surroundings {
  readonly requestMs: number;
  readonly headers: Failure['headers'];
  readonly passesErrorsOn: boolean;
  readonly goesOn: boolean;
  readonly report: ErrorReport;
  readonly respond: ErrorResponder;
}

/** What becomes of one request beside its layers. */
class Run implements PipelineEnds {
  constructor(
    private readonly context: RequestContext,
    private readonly surroundings: Surroundings,
    private readonly appNext: NextFunction,
  ) {}

  answerError(error: unknown, fromMiddlewareClass: boolean): void {
    if (this.surroundings.passesErrorsOn && !this.context.response.headersSent) return;
    this.answer(error, fromMiddlewareClass);
  }

  report(error: unknown): void {
    this.surroundings.report(error, this.context);
  }

  end(error?: unknown): void {
    if (this.surroundings.goesOn) return this.goOn(error);
    if (!error) return;
    if (error === 'route' || error === 'router') return this.leave();
    if (this.context.isAnswered) return this.report(error);
    this.answerOrLeave(error);
  }

  /** The action has to wait for something: from now on its time runs, but for what the client takes to send its request. */
  keepTime(): void {
    const { requestMs } = this.surroundings;
    const { context } = this;
    context.deadline = new Deadline(requestMs, context.response, () => {
      const { plugin, name } = context.action;
      const late = Object.assign(requestTimeoutError(plugin, name, requestMs), { httpCode: 504 });
      context.expire(late);
      this.answerOrLeave(late);
    });
    if (!context.isReceiving) context.deadline.start();
  }

  /** Whoever comes next sees whether there is an answer. */
  private goOn(error: unknown): void {
    this.context.hasLeft = true;
    if (!this.context.isAnswered) this.context.deadline?.stop();
    this.appNext(error);
  }

  private answerOrLeave(error: unknown): void {
    if (this.surroundings.passesErrorsOn) this.leave(error);
    else this.answer(error, false);
  }

  private answer(error: unknown, fromMiddlewareClass: boolean): void {
    const { respond, headers } = this.surroundings;
    this.report(error);
    respond({ error, headers, fromMiddlewareClass }, this.context);
  }

  private leave(error?: unknown): void {
    const { deadline, response } = this.context;
    this.context.hasLeft = true;
    deadline?.stop();
    if (!response.headersSent && !response.writableEnded) this.appNext(error);
  }
}

/** Tells the host of each error that is not the client's, once. */
export function compileReport({ name, onError }: ServedPlugin, action: string): ErrorReport {
  if (!onError) return () => undefined;
  return (error, context) => {
    if (errorKind(error).isForClient || context.isAbandoned(error) || context.hasReported(error)) return;
    try {
      onError(error, { plugin: name, action, requestId: context.id });
    } catch {
      // A log that fails must not cost the client its answer.
    }
  };
}
