import { normalPath } from './normal-path.ts';
import type { RoutePattern } from './route-pattern.ts';

/** What a path's parameters are; a list for `*rest`. */
export type RouteParameters = Record<string, string | string[]>;

/** A URL from its path on, without a fragment; as it came where there is no path. */
export function targetOf(url: string): string {
  const target = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  return target === '' || target.startsWith('?') ? `/${target}` : target;
}

/**
 * The parameters of a path, or undefined where the pattern does not match.
 *
 * @throws {URIError} for malformed percent-encoding.
 */
export function matchPath(pattern: RoutePattern, path: string): RouteParameters | undefined {
  const match = executePattern(pattern, path);
  return match ? nameGroups(pattern, match) : undefined;
}

/** A RegExp of the plugin's own is for the path as it came, as in Express. */
export function executePattern({ regexp, shapes }: RoutePattern, path: string): RegExpExecArray | null {
  if (shapes.length === 0) return regexp.exec(path);
  const normal = normalPath(path);
  return regexp.exec(normal) ?? (normal === path ? null : regexp.exec(path));
}

/** @throws {URIError} for malformed percent-encoding. */
export function nameGroups({ keys }: RoutePattern, match: RegExpExecArray): RouteParameters {
  const params: RouteParameters = {};
  for (const [position, { name, list }] of keys.entries()) {
    const value = match[position + 1];
    if (value === undefined) continue;
    params[name] = list ? value.split('/').map(decode) : decode(value);
  }
  return params;
}

/**
 * Names what the segments of a path gave.
 *
 * @throws {URIError} for malformed percent-encoding.
 */
export function nameValues(
  names: readonly string[],
  values: readonly string[],
  hasList: boolean,
): RouteParameters {
  const params: RouteParameters = {};
  const last = hasList ? names.length - 1 : names.length;
  for (let position = 0; position < last; position++) {
    params[names[position] as string] = decode(values[position] as string);
  }
  if (hasList) params[names[last] as string] = (values[last] as string).split('/').map(decode);
  return params;
}

function decode(value: string): string {
  return value.includes('%') ? decodeURIComponent(value) : value;
}
