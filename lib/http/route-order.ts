import type { MountedRoute, RouteMatch } from './mount.ts';
import { matchPath } from './route-match.ts';
import type { RoutePattern } from './route-pattern.ts';
import { parameter, rest, type Segment } from './route-shape.ts';

/** A route in service. */
export interface RouteEntry {
  readonly plugin: string;
  readonly route: MountedRoute;
  /** Lower for a plugin that was mounted earlier. */
  readonly rank: number;
  /** Among the routes of its plugin. */
  readonly index: number;
  /** Routes of the same plugin that were declared before it and may match the same path: they win, as in Express. */
  readonly earlier: readonly RouteEntry[];
}

/** A plugin's routes, in the order in which it declares them. */
export function declareRoutes(plugin: string, routes: readonly MountedRoute[], rank: number): RouteEntry[] {
  const declared: RouteEntry[] = [];
  for (const [index, route] of routes.entries()) {
    const earlier = declared.filter((other) => mayWin(other.route, route));
    declared.push({ plugin, route, rank, index, earlier: earlier.length > 0 ? earlier : none });
  }
  return declared;
}

const none: readonly RouteEntry[] = [];

/** HEAD is served from GET, in the order of declaration. */
export function servesVerb(verb: string, method: string): boolean {
  return verb === method || verb === 'ALL' || (verb === 'GET' && method === 'HEAD');
}

/** Is there a method that both serve? */
export function shareVerb(one: string, other: string): boolean {
  return servesVerb(one, other) || servesVerb(other, one);
}

/** What wins over a route that matches: a route of the same plugin that was declared before it. */
export function declaredBefore(entry: RouteEntry, path: string, method: string): RouteMatch | undefined {
  for (const { route } of entry.earlier) {
    const params = servesVerb(route.verb, method) ? matchPath(route.pattern, path) : undefined;
    if (params) return { route, params };
  }
  return undefined;
}

/** Might a route that was declared earlier take what the tree finds a later one for? */
function mayWin(earlier: MountedRoute, later: MountedRoute): boolean {
  // Of two that the tree knows all about, it prefers a text by itself.
  const isDecided = isText(earlier.pattern) && later.pattern.shapes.every(({ names }) => names !== undefined);
  return !isDecided && shareVerb(earlier.verb, later.verb) && mayOverlap(earlier.pattern, later.pattern);
}

function isText({ shapes }: RoutePattern): boolean {
  return shapes.length > 0 && shapes.every(({ names }) => names?.length === 0);
}

function mayOverlap(a: RoutePattern, b: RoutePattern): boolean {
  if (a.shapes.length === 0 || b.shapes.length === 0) return true;
  return a.shapes.some((one) => b.shapes.some((other) => segmentsOverlap(one.segments, other.segments)));
}

function segmentsOverlap(a: readonly Segment[], b: readonly Segment[]): boolean {
  for (let position = 0; position < Math.max(a.length, b.length); position++) {
    const [one, other] = [a[position], b[position]];
    if (one === rest || other === rest) return true;
    // A slash at the end means nothing.
    if (one === undefined || other === undefined) return (one ?? other) === '';
    if (one !== other && one !== parameter && other !== parameter) return false;
  }
  return true;
}
