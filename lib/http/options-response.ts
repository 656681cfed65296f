import { METHODS } from 'node:http';
import type { Request, Response } from 'express';
import type { Router } from './router.ts';

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
  const verbs = METHODS.filter((verb) => isServed(router, verb, url))
    .sort()
    .join(', ');
  if (verbs === '') return false;
  response.statusCode = 200;
  response.setHeader('Allow', verbs);
  response.setHeader('Content-Length', Buffer.byteLength(verbs));
  response.setHeader('Content-Type', 'text/plain');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.end(verbs);
  return true;
}

function isServed(router: Pick<Router, 'find'>, verb: string, url: string): boolean {
  try {
    return router.find(verb, url) !== undefined;
  } catch {
    return false;
  }
}
