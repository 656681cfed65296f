import express, { type Request } from 'express';

type ParseQuery = (query: string) => unknown;

const settings = express().set('query parser', 'extended');
const parseExtended = settings.get('query parser fn') as ParseQuery;

/**
 * Reads `?a[b]=1` as users of routing-controllers know it from Express 4, unless the app has chosen another parser or has
 * read the query itself. Gives whether it did.
 */
export function extendQuery(request: Request): boolean {
  const start = request.url.indexOf('?');
  if (start < 0 || request.app.get('query parser') !== 'simple' || Object.hasOwn(request, 'query')) {
    return false;
  }
  const value = parseExtended(request.url.slice(start + 1));
  // Express 5's own is a getter, which can't be assigned to.
  Object.defineProperty(request, 'query', { value, writable: true, enumerable: true, configurable: true });
  return true;
}

/** Leaves the query as the app knows it. */
export function restoreQuery(request: Request): void {
  Reflect.deleteProperty(request, 'query');
}
