import type { NextFunction } from 'express';
import { requestTimeoutError } from '../errors/http-errors.ts';
import { Deadline } from './deadline.ts';
import { errorKind } from './error-kind.ts';
import { compileErrorResponder, type Failure } from './error-response.ts';
import type { RouteHandler } from './mount.ts';
import { runLayers, type Layer } from './pipeline.ts';
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
  const { options } = served;
  const action: ServingAction = { plugin: served.name, name, answersJson, options };
  const passesErrorsOn = options.defaultErrorHandler === false;
  const report = compileReport(served, name);
  const respond = compileErrorResponder(served, report);

  return (request, response, appNext) => {
    const context = new RequestContext(request, response, action);
    const answer = (error: unknown, fromMiddlewareClass: boolean): void => {
      report(error, context);
      respond({ error, headers, fromMiddlewareClass }, context);
    };
    const answerError = (error: unknown, fromMiddlewareClass: boolean): void => {
      if (!passesErrorsOn || response.headersSent) answer(error, fromMiddlewareClass);
    };
    const end = (error?: unknown): void => {
      if (served.goesOn) return goOn(context, appNext, error);
      if (!error) return;
      if (error === 'route' || error === 'router') return leave(context, appNext);
      if (context.isAnswered) return report(error, context);
      if (passesErrorsOn) leave(context, appNext, error);
      else answer(error, false);
    };
    context.deadline = new Deadline(served.requestMs, response, () => {
      const late = Object.assign(requestTimeoutError(served.name, name, served.requestMs), { httpCode: 504 });
      context.expire(late);
      if (passesErrorsOn) leave(context, appNext, late);
      else answer(late, false);
    });
    runLayers(layers, context, { answerError, end, report: (error) => report(error, context) });
    if (!context.isAnswered) context.deadline.start();
  };
}

/** Whoever comes next sees whether there is an answer. */
function goOn(context: RequestContext, appNext: NextFunction, error: unknown): void {
  if (!context.isAnswered) context.deadline?.stop();
  appNext(error);
}

function leave(context: RequestContext, appNext: NextFunction, error?: unknown): void {
  context.deadline?.stop();
  if (!context.response.headersSent && !context.response.writableEnded) appNext(error);
}

/** Tells the host of each error that is not the client's, once. */
function compileReport(
  { name, onError }: ServedPlugin,
  action: string,
): (error: unknown, context: RequestContext) => void {
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
