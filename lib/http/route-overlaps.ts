import { endingsFrom, RouteNode, type Ending } from './route-node.ts';
import { shareVerb, type RouteEntry } from './route-order.ts';
import { parameter, rest, type Segment } from './route-shape.ts';

/** Paths that routes of two plugins match. */
export interface RouteOverlap {
  /** It gets what the others leave. */
  readonly general: PluginRoute;
  /** Those of other plugins that win. */
  readonly specific: readonly PluginRoute[];
}

export interface PluginRoute {
  readonly plugin: string;
  /** `GET /users/:id` */
  readonly route: string;
}

/**
 * The overlaps of these routes with those of other plugins: one for each route that gives way. Not told are routes for all
 * that nobody else takes (`/*rest`), which are meant to come last; RegExps; and patterns of parameters' own side by side:
 * what they have in common can't be read from them.
 */
export function findOverlaps(root: RouteNode, entries: Iterable<RouteEntry>): RouteOverlap[] {
  const winners = new Map<RouteEntry, Set<RouteEntry>>();
  const report = (general: RouteEntry, specific: RouteEntry): void => {
    if (isForAll(general) || !shareVerb(general.route.verb, specific.route.verb)) return;
    winners.set(general, (winners.get(general) ?? new Set()).add(specific));
  };
  for (const entry of entries) {
    for (const { segments, names } of entry.route.pattern.shapes) {
      new OverlapSearch(entry, segments, names !== undefined, report).visit(root, 0, 'even');
    }
  }
  return [...winners].map(([general, specific]) => ({
    general: toPluginRoute(general),
    specific: [...specific].map(toPluginRoute),
  }));
}

function toPluginRoute({ plugin, route }: RouteEntry): PluginRoute {
  return { plugin, route: `${route.verb} ${route.pattern.path}` };
}

function isForAll({ route }: RouteEntry): boolean {
  return route.pattern.shapes.some(({ segments }) => segments[0] === rest);
}

/** What the segments so far say of the route that is asked about. */
type Standing = 'wins' | 'loses' | 'even';

/** Goes through the routes that match what one route matches; all others are left out at their first segment that differs. */
class OverlapSearch {
  constructor(
    private readonly entry: RouteEntry,
    private readonly segments: readonly Segment[],
    private readonly isExact: boolean,
    private readonly report: (general: RouteEntry, specific: RouteEntry) => void,
  ) {}

  visit(node: RouteNode, position: number, standing: Standing): void {
    const segment = this.segments[position];
    if (segment === rest) {
      this.below(node, standing === 'even' ? 'loses' : standing);
      this.meet(node.rests, standing);
      return;
    }
    if (segment === undefined) {
      this.meet(node.endings, standing);
      return;
    }
    this.meet(node.rests, standing === 'even' ? 'wins' : standing);
    const isWide = segment === parameter;
    const texts = isWide ? node.values() : node.get(segment);
    this.each(texts, position, isWide && standing === 'even' ? 'loses' : standing);
    this.each(node.parameter, position, !isWide && standing === 'even' ? 'wins' : standing);
  }

  private each(
    nodes: RouteNode | Iterable<RouteNode> | undefined,
    position: number,
    standing: Standing,
  ): void {
    if (nodes instanceof RouteNode) this.visit(nodes, position + 1, standing);
    else for (const node of nodes ?? []) this.visit(node, position + 1, standing);
  }

  private below(node: RouteNode, standing: Standing): void {
    const children = [...node.values(), ...(node.parameter ? [node.parameter] : [])];
    for (const child of children) {
      this.meet(child.endings, standing);
      this.meet(child.rests, standing);
      this.below(child, standing);
    }
  }

  private meet(endings: Ending | undefined, standing: Standing): void {
    for (const { entry, shape } of endingsFrom(endings)) {
      if (entry.plugin === this.entry.plugin) continue;
      const isExact = shape.names !== undefined;
      // Where neither has a pattern of its own, or both have, there is nothing to tell.
      if (standing === 'even' && isExact === this.isExact) continue;
      const wins = standing === 'even' ? !this.isExact : standing === 'wins';
      const [specific, segments] = wins ? [this.entry, this.segments] : [entry, shape.segments];
      const general = wins ? entry : this.entry;
      if (mayMeet(general, segments)) this.report(general, specific);
    }
  }
}

/** A path without anything that varies can be tried. */
function mayMeet({ route }: RouteEntry, segments: readonly Segment[]): boolean {
  if (segments.some((segment) => typeof segment !== 'string')) return true;
  return route.pattern.regexp.test(`/${segments.join('/')}`);
}
