import type { Request, Response } from 'express';
import { compileErrorResponder } from './error-response.ts';
import type { ServedPlugin } from './plugin-routes.ts';
import { RequestContext, requestContext } from './request-context.ts';
import { compileReport } from './serve-request.ts';

/** Errors of what stands around the actions of a handler. */
export interface SurroundingErrors {
  /** Answers what a middleware class has thrown, where errors are to be answered here. */
  answer(error: unknown, request: Request, response: Response): void;
  /** Tells of an error that comes after the answer, and so can't be anybody's answer. */
  report(error: unknown, request: Request, response: Response): void;
}

/** `answersJson`: whether the shape of an error is that of JSON where no action is known. */
export function surroundingErrors(served: ServedPlugin, answersJson: boolean): SurroundingErrors {
  const { name: plugin, options } = served;
  const action = { plugin, name: 'middleware', answersJson, options };
  const contextOf = (request: Request, response: Response): RequestContext =>
    requestContext(request) ?? new RequestContext(request, response, action);
  const report = compileReport(served, action.name);
  const respond = compileErrorResponder(served, report);
  return {
    answer(error, request, response) {
      if (options.defaultErrorHandler === false) return;
      const context = contextOf(request, response);
      report(error, context);
      // An answer that has begun is another's.
      if (response.headersSent) return;
      respond({ error, headers: {}, fromMiddlewareClass: true }, context);
    },
    report: (error, request, response) => report(error, contextOf(request, response)),
  };
}
