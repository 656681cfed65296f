import type { RoutePattern } from './route-pattern.ts';

/** What a path's parameters are; a list for `*rest`. */
export type RouteParameters = Record<string, string | string[]>;

/** The path of a request's URL, percent-encoded as it came. */
export function pathOf(url: string): string {
  const path = url.startsWith('/') ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const end = path.search(/[?#]/);
  return (end < 0 ? path : path.slice(0, end)) || '/';
}

/**
 * The parameters of a path, or undefined where the pattern does not match.
 *
 * @throws {URIError} for malformed percent-encoding.
 */
export function matchPath(pattern: RoutePattern, path: string): RouteParameters | undefined {
  const match = pattern.regexp.exec(path);
  if (!match) return undefined;
  const params: RouteParameters = {};
  for (const [position, { name, list }] of pattern.keys.entries()) {
    const value = match[position + 1];
    if (value === undefined) continue;
    params[name] = list ? value.split('/').map(decodeURIComponent) : decodeURIComponent(value);
  }
  return params;
}
