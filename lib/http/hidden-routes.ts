import type { RouteDescription } from './route-claims.ts';
import { servesVerb } from './route-order.ts';
import type { RoutePattern } from './route-pattern.ts';
import { parameter, rest, type RouteShape, type Segment } from './route-shape.ts';

/** Two routes of one plugin, of which the later is never reached. */
export interface HiddenPair<Route> {
  readonly hidden: Route;
  readonly by: Route;
  /** They are the same route; else the earlier one is wider. */
  readonly isSame: boolean;
}

/**
 * Routes that an earlier one of the same plugin takes all requests from: one pair for each. Not told are those that only a
 * RegExp, or a pattern of a parameter's own, could take them from.
 */
export function findHidden<Route extends RouteDescription>(
  routes: readonly Route[],
): readonly HiddenPair<Route>[] {
  return routes.flatMap((hidden, index) => {
    const before = routes.slice(0, index).filter(({ verb }) => servesVerb(verb, hidden.verb));
    const same = before.find(({ pattern }) => isSameRoute(pattern, hidden.pattern));
    const by = same ?? before.find(({ pattern }) => coversAll(pattern, hidden.pattern));
    return by ? [{ hidden, by, isSame: by === same }] : [];
  });
}

function isSameRoute(earlier: RoutePattern, later: RoutePattern): boolean {
  return later.identities.every((identity) => earlier.identities.includes(identity));
}

function coversAll(earlier: RoutePattern, later: RoutePattern): boolean {
  const isCovered = ({ segments }: RouteShape): boolean =>
    earlier.shapes.some((shape) => shape.names !== undefined && covers(shape.segments, segments));
  return later.shapes.length > 0 && later.shapes.every(isCovered);
}

function covers(wide: readonly Segment[], narrow: readonly Segment[]): boolean {
  for (const [position, segment] of wide.entries()) {
    const other = narrow[position];
    if (other === undefined || other === '') return false;
    if (segment === rest) return true;
    if (segment === parameter ? other === rest : segment !== other) return false;
  }
  return wide.length === narrow.length;
}
