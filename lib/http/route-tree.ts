import type { RouteMatch } from './mount.ts';
import { normalPath } from './normal-path.ts';
import { executePattern, nameGroups, nameValues } from './route-match.ts';
import { Ending, RouteNode } from './route-node.ts';
import { declaredBefore, servesVerb, type RouteEntry } from './route-order.ts';

/**
 * Routes by the segments of their paths. In each segment a text comes before a parameter, and that before the rest of the
 * path. Adding and removing cost what the route's own segments cost, however many routes there are.
 */
export class RouteTree {
  readonly root = new RouteNode();
  // Of the search under way: nobody else's code runs in it.
  private method = '';
  private path = '';
  private raw = '';
  private readonly values: string[] = [];

  add(entry: RouteEntry): void {
    for (const shape of entry.route.pattern.shapes) this.root.add(new Ending(entry, shape));
  }

  remove(entry: RouteEntry): void {
    for (const { segments } of entry.route.pattern.shapes) this.root.remove(entry, segments);
  }

  /**
   * @param isPlain whether the path has no percent-encoding
   * @throws {URIError} where a route matches, but a parameter's percent-encoding is malformed.
   */
  find(method: string, path: string, isPlain: boolean): RouteMatch | undefined {
    this.method = method;
    this.raw = path;
    this.path = isPlain ? path : normalPath(path);
    this.values.length = 0;
    return this.search(this.root, 0);
  }

  /** From the slash at `start`, or the end. */
  private search(node: RouteNode, start: number): RouteMatch | undefined {
    const { path } = this;
    if (start === path.length) return node.endings && this.choose(node.endings);
    const begin = start + 1;
    let end = begin;
    while (end < path.length && path.charCodeAt(end) !== slash) end++;
    const child = node.findIn(path, begin, end);
    const found = child && this.search(child, end);
    if (found) return found;
    if (end > begin) {
      const below = node.parameter && this.searchParameter(node.parameter, begin, end);
      if (below) return below;
    } else if (end === path.length && node.endings) {
      // The slash at the end of a path means nothing.
      const ended = this.choose(node.endings);
      if (ended) return ended;
    }
    return node.rests && this.chooseRest(node.rests, begin);
  }

  private searchParameter(node: RouteNode, begin: number, end: number): RouteMatch | undefined {
    this.values.push(this.path.slice(begin, end));
    const found = this.search(node, end);
    if (!found) this.values.pop();
    return found;
  }

  private chooseRest(rests: Ending, begin: number): RouteMatch | undefined {
    this.values.push(this.path.slice(begin));
    const found = this.choose(rests);
    if (!found) this.values.pop();
    return found;
  }

  private choose(first: Ending): RouteMatch | undefined {
    const { method, raw, values } = this;
    for (let ending: Ending | undefined = first; ending; ending = ending.next) {
      if (!servesVerb(ending.verb, method)) continue;
      const { names, hasList } = ending;
      // A list has one segment at least.
      if (hasList && values.at(-1) === '') continue;
      const match = names ? null : executePattern(ending.route.pattern, raw);
      if (!names && !match) continue;
      const earlier = ending.mayGiveWay ? declaredBefore(ending.entry, raw, method) : undefined;
      if (earlier) return earlier;
      const params = match
        ? nameGroups(ending.route.pattern, match)
        : nameValues(names ?? [], values, hasList);
      return { route: ending.route, params };
    }
    return undefined;
  }
}

const slash = 47;
