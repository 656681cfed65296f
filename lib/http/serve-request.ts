import type { NextFunction, Request, Response } from 'express';
import { requestTimeoutError } from '../errors/http-errors.ts';
import { Deadline, type Expiring } from './deadline.ts';
import { errorKind } from './error-kind.ts';
import {
  compileErrorResponder,
  type ErrorReport,
  type ErrorResponder,
  type Failure,
} from './error-response.ts';
import { chained, Pipeline, type Layer, type PipelineEnds } from './pipeline.ts';
import type { ActionOptions, ServedPlugin } from './plugin-routes.ts';
import { RequestContext, type ServingAction } from './request-context.ts';
import type { Logger } from '../services/logger.ts';
import type { Traffic, Work } from './traffic.ts';

/** What is to be known of an action around it. */
export interface ServedAction {
  /** `Class.method`. */
  readonly name: string;
  readonly answersJson: boolean;
  /** Of errors, too. */
  readonly headers: Failure['headers'];
}

/**
 * One action in service: runs its layers for each request, answers what fails in them, and keeps the time. Has all that its
 * requests have in common in one object, which is what has to be fetched for each of them among many actions.
 */
export class ActionService implements ServingAction {
  // What every request needs is together, and so in one line of the processor's cache.
  private readonly first: Layer | undefined;
  readonly traffic: Traffic | undefined;
  readonly requestMs: number;
  readonly goesOn: boolean;

  readonly plugin: string;
  readonly name: string;
  readonly answersJson: boolean;
  readonly options: ActionOptions;
  readonly headers: Failure['headers'];
  readonly passesErrorsOn: boolean;
  readonly report: ErrorReport;
  readonly respond: ErrorResponder;
  readonly log: Logger | undefined;

  constructor({ name, answersJson, headers }: ServedAction, served: ServedPlugin, layers: readonly Layer[]) {
    this.first = chained(layers);
    this.plugin = served.name;
    this.name = name;
    this.answersJson = answersJson;
    this.options = served.options;
    this.requestMs = served.requestMs;
    this.headers = headers;
    this.passesErrorsOn = served.options.defaultErrorHandler === false;
    this.goesOn = served.goesOn === true;
    this.traffic = served.traffic;
    this.log = served.log;
    this.report = compileReport(served, name);
    this.respond = compileErrorResponder(served, this.report);
  }

  handle(request: Request, response: Response, appNext: NextFunction): void {
    const context = new RequestContext(request, response, this);
    const run = new Run(context, this, appNext);
    new Pipeline(this.first, context, run).advance();
    run.keepTime();
    if (run.isThrough) this.traffic?.add(response);
    else this.traffic?.expect(run);
  }
}

/** What becomes of one request beside its layers. */
class Run implements PipelineEnds, Expiring, Work {
  place = -1;
  /** Nothing of the plugin is at work on it any more. */
  isThrough = false;

  constructor(
    private readonly context: RequestContext,
    private readonly service: ActionService,
    private readonly appNext: NextFunction,
  ) {}

  get response(): Response {
    return this.context.response;
  }

  get goesOn(): boolean {
    return this.service.goesOn;
  }

  answerError(error: unknown, fromMiddlewareClass: boolean): void {
    if (this.service.passesErrorsOn && !this.context.response.headersSent) return;
    this.answer(error, fromMiddlewareClass);
  }

  report(error: unknown): void {
    this.service.report(error, this.context);
  }

  settle(): void {
    this.isThrough = true;
    this.stopTime();
    this.service.traffic?.done(this);
  }

  end(error?: unknown): void {
    this.settle();
    if (this.service.goesOn) return this.goOn(error);
    if (!error) return;
    if (error === 'route' || error === 'router') return this.leave();
    if (this.context.isAnswered) return this.report(error);
    this.answerOrLeave(error);
  }

  /** Where the action has to wait for something, its time runs: not while the client is sending its request. */
  keepTime(): void {
    const { context } = this;
    const { requestMs } = this.service;
    if (context.isReceiving || context.isAnswered || context.hasLeft || requestMs === Infinity) return;
    context.deadline ??= new Deadline(requestMs, context.response, this);
    context.deadline.start();
  }

  /** The time is up. */
  expire(): void {
    const { plugin, name } = this.context.action;
    const error = requestTimeoutError(plugin, name, this.service.requestMs);
    const late = Object.assign(error, { httpCode: 504 });
    this.context.expire(late);
    this.answerOrLeave(late);
  }

  /** Most answers are known to be there by now; of the others the deadline finds out by itself. */
  private stopTime(): void {
    const { deadline } = this.context;
    if (deadline?.isOver) deadline.stop();
  }

  /** Whoever comes next sees whether there is an answer. */
  private goOn(error: unknown): void {
    this.context.hasLeft = true;
    this.context.deadline?.stop();
    this.appNext(error);
  }

  private answerOrLeave(error: unknown): void {
    if (this.service.passesErrorsOn) this.leave(error);
    else this.answer(error, false);
  }

  private answer(error: unknown, fromMiddlewareClass: boolean): void {
    const { respond, headers } = this.service;
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
