import { METHODS } from 'node:http';
import findMyWay from 'find-my-way';
import type { Mount, RouteMatch } from './mount.ts';
import { matchPath, pathOf, type RouteParameters } from './route-match.ts';
import { declareRoute, firstDeclared, type RouteEntry } from './route-order.ts';

/** The routes that find-my-way has under one path and verb. */
interface Bucket {
  readonly names: readonly string[] | undefined;
  readonly entries: RouteEntry[];
}

const verbs = METHODS.filter((verb) => verb !== 'QUERY') as findMyWay.HTTPMethod[];
const unused = (): void => undefined;

/** Routes that are added, never taken away: `find-my-way` takes long to remove one. */
export class RouteTable {
  private readonly tree = findMyWay({
    caseSensitive: false,
    ignoreTrailingSlash: true,
    maxParamLength: 1_000_000,
    querystringParser: () => ({}),
    onBadUrl: unused,
  });
  private readonly buckets = new Map<string, Bucket>();
  private varying: RouteEntry[] = [];
  private sorted = true;

  add(mount: Mount): void {
    const entries: RouteEntry[] = [];
    for (const route of mount.routes) {
      const entry = declareRoute(entries, route, verbsOf(route.verb));
      for (const shape of route.pattern.shapes) {
        for (const verb of entry.verbs) this.addShape(verb, shape.path, shape.names, entry);
      }
      if (route.pattern.keys.length > 0 || route.pattern.shapes.length === 0) {
        this.varying.push(entry);
        this.sorted = false;
      }
    }
  }

  find(method: string, url: string): RouteMatch | undefined {
    const path = pathOf(url);
    // Lower case of İ is longer than itself, which find-my-way's positions don't expect.
    const found = /%c4%b0/i.test(path) ? null : this.tree.find(method as findMyWay.HTTPMethod, path);
    const bucket = found?.store as Bucket | undefined;
    if (found && bucket) {
      const match = fromBucket(bucket, found.params, path, method);
      if (match) return match;
    }
    return this.scan(method, path);
  }

  private addShape(
    verb: string,
    path: string,
    names: readonly string[] | undefined,
    entry: RouteEntry,
  ): void {
    const key = `${verb} ${path.toLowerCase()}`;
    const bucket = this.buckets.get(key);
    if (bucket) {
      insertInOrder(bucket.entries, entry);
      return;
    }
    const created: Bucket = { names, entries: [entry] };
    this.buckets.set(key, created);
    this.tree.on(verb as findMyWay.HTTPMethod, path, unused, created);
  }

  /** What find-my-way can't express, and what it stops at where a parameter's own pattern refuses. */
  private scan(method: string, path: string): RouteMatch | undefined {
    if (!this.sorted) {
      this.varying.sort((a, b) => b.route.pattern.start.length - a.route.pattern.start.length);
      this.sorted = true;
    }
    const lower = path.toLowerCase();
    for (const entry of this.varying) {
      if (!lower.startsWith(entry.route.pattern.start) || !entry.verbs.includes(method)) continue;
      const params = matchPath(entry.route.pattern, path);
      if (params) return firstDeclared(entry, params, path, method);
    }
    return undefined;
  }
}

function verbsOf(verb: string): readonly string[] {
  if (verb === 'ALL') return verbs;
  return verb === 'GET' ? ['GET', 'HEAD'] : [verb];
}

/** Routes of one plugin stay as declared; those with a pattern of their own come before another plugin's without. */
function insertInOrder(entries: RouteEntry[], entry: RouteEntry): void {
  const isPlain = ({ route }: RouteEntry): boolean =>
    route.pattern.shapes.every(({ names }) => names !== undefined);
  const mayPass = (other: RouteEntry): boolean => isPlain(other) && !entry.earlier.includes(other);
  const position = isPlain(entry) ? -1 : entries.findIndex(mayPass);
  entries.splice(position < 0 ? entries.length : position, 0, entry);
}

function fromBucket(
  bucket: Bucket,
  found: Record<string, string | undefined>,
  path: string,
  method: string,
): RouteMatch | undefined {
  for (const entry of bucket.entries) {
    const names = entry.route.pattern.shapes.length === 1 ? entry.route.pattern.shapes[0]?.names : undefined;
    const params = names && bucket.names ? rename(found, names) : matchPath(entry.route.pattern, path);
    if (params) return firstDeclared(entry, params, path, method);
  }
  return undefined;
}

/** find-my-way also takes an empty segment for a parameter, which Express does not. */
function rename(
  found: Record<string, string | undefined>,
  names: readonly string[],
): RouteParameters | undefined {
  const params: RouteParameters = {};
  let position = 0;
  for (const key in found) {
    const value = found[key];
    if (!value) return undefined;
    params[names[position++] as string] = value;
  }
  return params;
}
