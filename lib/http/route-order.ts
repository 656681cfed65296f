import type { MountedRoute, RouteMatch } from './mount.ts';
import { matchPath, type RouteParameters } from './route-match.ts';
import type { RoutePattern } from './route-pattern.ts';

/** A route in the router's table. */
export interface RouteEntry {
  /** Changes when a new generation has the same routes. */
  route: MountedRoute;
  readonly verbs: readonly string[];
  /** Routes of the same plugin that were declared before it and may match the same path: they win, as in Express. */
  readonly earlier: readonly RouteEntry[];
}

/** Adds a plugin's next route to those that it has declared before. */
export function declareRoute(
  declared: RouteEntry[],
  route: MountedRoute,
  verbs: readonly string[],
): RouteEntry {
  const earlier = declared.filter(
    (other) =>
      other.route.pattern.keys.length + Number(other.route.pattern.shapes.length === 0) > 0 &&
      other.verbs.some((verb) => verbs.includes(verb)) &&
      mayOverlap(other.route.pattern, route.pattern),
  );
  const entry = { route, verbs, earlier };
  declared.push(entry);
  return entry;
}

/** The route that find-my-way found by its specificity, or the one of the same plugin that was declared before it. */
export function firstDeclared(
  entry: RouteEntry,
  params: RouteParameters,
  path: string,
  method: string,
): RouteMatch {
  for (const other of entry.earlier) {
    const own = other.verbs.includes(method) ? matchPath(other.route.pattern, path) : undefined;
    if (own) return { route: other.route, params: own };
  }
  return { route: entry.route, params };
}

function mayOverlap(a: RoutePattern, b: RoutePattern): boolean {
  if (!a.folder.startsWith(b.folder) && !b.folder.startsWith(a.folder)) return false;
  if (a.shapes.length === 0 || b.shapes.length === 0) return true;
  return a.shapes.some((one) => b.shapes.some((other) => segmentsOverlap(one.path, other.path)));
}

function segmentsOverlap(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase().split('/'), b.toLowerCase().split('/')];
  for (let position = 0; position < Math.max(left.length, right.length); position++) {
    const [one, other] = [left[position], right[position]];
    if (one === '*' || other === '*') return true;
    if (one === undefined || other === undefined) return false;
    if (one !== other && !isParameter(one) && !isParameter(other)) return false;
  }
  return true;
}

function isParameter(segment: string): boolean {
  return segment.startsWith(':') && !segment.startsWith('::');
}
