import { METHODS } from 'node:http';
import type { Router } from './router.ts';

/** The methods that a URL's path has routes for, as `Allow` lists them; empty where it has none. */
export function servedVerbs(router: Pick<Router, 'find'>, url: string): string {
  return METHODS.filter((verb) => isServed(router, verb, url))
    .sort()
    .join(', ');
}

function isServed(router: Pick<Router, 'find'>, verb: string, url: string): boolean {
  try {
    return router.find(verb, url) !== undefined;
  } catch {
    return false;
  }
}
