import type { RouteMatch } from './mount.ts';
import { normalPath } from './normal-path.ts';
import { matchPath, nameValues } from './route-match.ts';
import { RouteNode, type Ending } from './route-node.ts';
import { firstDeclared, servesVerb, type RouteEntry } from './route-order.ts';

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
    for (const shape of entry.route.pattern.shapes) this.root.add({ entry, shape });
  }

  remove(entry: RouteEntry): void {
    for (const { segments } of entry.route.pattern.shapes) this.root.remove(entry, segments);
  }

  /** @throws {URIError} where a route matches, but a parameter's percent-encoding is malformed. */
  find(method: string, path: string): RouteMatch | undefined {
    if (path.charCodeAt(0) !== slash) return undefined;
    this.method = method;
    this.raw = path;
    this.path = normalPath(path);
    this.values.length = 0;
    return this.search(this.root, 0);
  }

  /** From the slash at `start`, or the end. */
  private search(node: RouteNode, start: number): RouteMatch | undefined {
    const { path } = this;
    if (start === path.length) return node.endings && this.choose(node.endings);
    let end = path.indexOf('/', start + 1);
    if (end < 0) end = path.length;
    const segment = path.slice(start + 1, end);
    const child = node.texts && textChild(node.texts, segment);
    const found = child && this.search(child, end);
    if (found) return found;
    if (segment !== '') {
      if (node.parameter) {
        const below = this.searchParameter(node.parameter, segment, end);
        if (below) return below;
      }
    } else if (end === path.length && node.endings) {
      // The slash at the end of a path means nothing.
      const ended = this.choose(node.endings);
      if (ended) return ended;
    }
    return node.rests && this.chooseRest(node.rests, path.slice(start + 1));
  }

  private searchParameter(node: RouteNode, segment: string, end: number): RouteMatch | undefined {
    this.values.push(segment);
    const found = this.search(node, end);
    if (!found) this.values.pop();
    return found;
  }

  private chooseRest(rests: readonly Ending[], value: string): RouteMatch | undefined {
    this.values.push(value);
    const found = this.choose(rests);
    if (!found) this.values.pop();
    return found;
  }

  private choose(endings: readonly Ending[]): RouteMatch | undefined {
    const { method, raw, values } = this;
    for (const { entry, shape } of endings) {
      if (!servesVerb(entry.route.verb, method)) continue;
      const { names, hasList } = shape;
      // A list has one segment at least.
      if (hasList && values.at(-1) === '') continue;
      const params = names ? nameValues(names, values, hasList) : matchPath(entry.route.pattern, raw);
      if (params) return firstDeclared(entry, params, raw, method);
    }
    return undefined;
  }
}

const slash = 47;

function textChild(texts: ReadonlyMap<string, RouteNode>, segment: string): RouteNode | undefined {
  return texts.get(segment) ?? texts.get(segment.toLowerCase());
}
