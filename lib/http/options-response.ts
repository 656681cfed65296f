import type { Request, Response } from 'express';
import type { Router } from './router.ts';
import { servedVerbs } from './served-verbs.ts';

/**
 * Answers OPTIONS for a path that has routes, none of them for OPTIONS, as Express's own routers do: with the verbs that
 * there are. Gives whether it did.
 */
export function answerOptions(
  router: Pick<Router, 'find'>,
  { method, url }: Request,
  response: Response,
): boolean {
  if (method !== 'OPTIONS') return false;
  const verbs = servedVerbs(router, url);
  if (verbs === '') return false;
  response.statusCode = 200;
  response.setHeader('Allow', verbs);
  response.setHeader('Content-Length', Buffer.byteLength(verbs));
  response.setHeader('Content-Type', 'text/plain');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.end(verbs);
  return true;
}
