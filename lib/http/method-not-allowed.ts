import type { NextFunction, Request, Response } from 'express';
import { MethodNotAllowedError } from 'routing-controllers';
import type { Router } from './router.ts';
import { servedVerbs } from './served-verbs.ts';

/**
 * Answers 405 for a path that has routes, none of them for this method, with those that there are; or gives the error to
 * the app where the app answers errors. Gives whether it did.
 */
export function refuseMethod(
  router: Pick<Router, 'find'>,
  { method, url }: Request,
  response: Response,
  passOn: NextFunction | undefined,
): boolean {
  const verbs = servedVerbs(router, url);
  if (verbs === '') return false;
  const message = `${method} is not allowed here: ${verbs} are`;
  response.setHeader('Allow', verbs);
  if (passOn) passOn(new MethodNotAllowedError(message));
  else response.status(405).json({ name: 'MethodNotAllowedError', message });
  return true;
}
