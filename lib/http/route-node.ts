import type { MountedRoute } from './mount.ts';
import type { RouteEntry } from './route-order.ts';
import { parameter, rest, type RouteShape, type Segment } from './route-shape.ts';
import { RouteTexts } from './route-texts.ts';

/**
 * A route at the place where one of its shapes ends, with what the search needs of either at hand, and the one that is tried
 * after it: a list would be more to fetch from memory.
 */
export class Ending {
  readonly verb: string;
  readonly route: MountedRoute;
  readonly names: RouteShape['names'];
  readonly hasList: boolean;
  readonly mayGiveWay: boolean;

  constructor(
    readonly entry: RouteEntry,
    readonly shape: RouteShape,
    readonly next?: Ending,
  ) {
    this.verb = entry.route.verb;
    this.route = entry.route;
    this.names = shape.names;
    this.hasList = shape.hasList;
    this.mayGiveWay = entry.earlier.length > 0;
  }
}

/** One after another, in the order in which they are tried. */
export function* endingsFrom(first: Ending | undefined): Generator<Ending> {
  for (let ending = first; ending; ending = ending.next) yield ending;
}

/**
 * All that begins with the same segments: by the text that follows, in lower case. It is that list itself, which is one object
 * less to fetch.
 */
export class RouteNode extends RouteTexts<RouteNode> {
  parameter: RouteNode | undefined = undefined;
  /** The first of the routes that end here. */
  endings: Ending | undefined = undefined;
  /** The first of those that take all that is below. */
  rests: Ending | undefined = undefined;

  get isEmpty(): boolean {
    return this.size === 0 && !this.parameter && !this.endings && !this.rests;
  }

  add(ending: Ending, position = 0): void {
    const { segments } = ending.shape;
    const segment = segments[position];
    if (segment === undefined) this.endings = withEnding(this.endings, ending);
    else if (segment === rest) this.rests = withEnding(this.rests, ending);
    else this.childFor(segment).add(ending, position + 1);
  }

  /** Takes a route away, with the nodes that nothing needs any more. */
  remove(entry: RouteEntry, segments: readonly Segment[], position = 0): void {
    const segment = segments[position];
    if (segment === undefined) this.endings = withoutEntry(this.endings, entry);
    else if (segment === rest) this.rests = withoutEntry(this.rests, entry);
    else if (segment === parameter) {
      this.parameter?.remove(entry, segments, position + 1);
      if (this.parameter?.isEmpty) this.parameter = undefined;
    } else {
      const child = this.get(segment);
      child?.remove(entry, segments, position + 1);
      if (child?.isEmpty) this.delete(segment);
    }
  }

  private childFor(segment: string | typeof parameter): RouteNode {
    if (segment === parameter) return (this.parameter ??= new RouteNode());
    let child = this.get(segment);
    if (!child) this.set(segment, (child = new RouteNode()));
    return child;
  }
}

function withEnding(first: Ending | undefined, ending: Ending): Ending {
  const there = [...endingsFrom(first)];
  // Another way of the same route to be here.
  if (first && there.some((other) => other.entry === ending.entry)) return first;
  return linked([...there, ending].sort(inOrder)) ?? ending;
}

/** What a RegExp decides comes first: it is more particular. Then in the order of plugins, and of declaration. */
function inOrder(a: Ending, b: Ending): number {
  const byKind = Number(a.shape.names !== undefined) - Number(b.shape.names !== undefined);
  return byKind || a.entry.rank - b.entry.rank || a.entry.index - b.entry.index;
}

function withoutEntry(first: Ending | undefined, entry: RouteEntry): Ending | undefined {
  return linked([...endingsFrom(first)].filter((other) => other.entry !== entry));
}

/** Made anew: a request may be on its way through the old ones. */
function linked(endings: readonly Ending[]): Ending | undefined {
  return endings.reduceRight<Ending | undefined>(
    (next, { entry, shape }) => new Ending(entry, shape, next),
    undefined,
  );
}
