import { METHODS } from 'node:http';
import findMyWay from 'find-my-way';
import type { Mount, MountedRoute, RouteMatch } from './mount.ts';
import { matchPath, pathOf, type RouteParameters } from './route-match.ts';
import { declareRoute, firstDeclared, type RouteEntry } from './route-order.ts';
import type { RouteShape } from './route-pattern.ts';
import { VaryingRoutes } from './varying-routes.ts';

/** The routes that find-my-way has under one path and verb. */
interface Bucket {
  readonly names: readonly string[] | undefined;
  readonly entries: RouteEntry[];
}

const verbs = METHODS.filter((verb) => verb !== 'QUERY');
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
  private readonly varying = new VaryingRoutes();
  private readonly mounted = new Map<Mount, readonly RouteEntry[]>();

  add(mount: Mount): void {
    const entries: RouteEntry[] = [];
    for (const route of mount.routes) {
      const entry = declareRoute(entries, route, verbsOf(route.verb));
      for (const shape of route.pattern.shapes) {
        for (const verb of treesOf(entry)) this.addShape(verb, shape, entry);
      }
      this.varying.add(entry);
    }
    this.mounted.set(mount, entries);
  }

  /** Lets another mount with the very same routes serve in the place of one; gives false where they differ. */
  exchange(old: Mount, next: Mount): boolean {
    const entries = this.mounted.get(old);
    if (!entries || entries.length !== next.routes.length) return false;
    if (!next.routes.every((route, index) => isSameRoute(route, entries[index]?.route))) return false;
    for (const [index, entry] of entries.entries()) entry.route = next.routes[index] as MountedRoute;
    this.mounted.delete(old);
    this.mounted.set(next, entries);
    return true;
  }

  find(method: string, url: string): RouteMatch | undefined {
    const path = pathOf(url);
    // Lower case of İ is longer than itself, which find-my-way's positions don't expect.
    const found = /%c4%b0/i.test(path) ? null : this.tree.find(treeOf(method), path);
    const bucket = found?.store as Bucket | undefined;
    if (found && bucket) {
      const match = fromBucket(bucket, found.params, path, method);
      if (match) return match;
    }
    return this.varying.find(method, path);
  }

  private addShape(verb: findMyWay.HTTPMethod, { path, names }: RouteShape, entry: RouteEntry): void {
    const key = `${verb} ${path.toLowerCase()}`;
    const bucket = this.buckets.get(key);
    if (bucket) {
      insertInOrder(bucket.entries, entry);
      return;
    }
    const created: Bucket = { names, entries: [entry] };
    this.buckets.set(key, created);
    this.tree.on(verb, path, unused, created);
  }
}

// HEAD has no tree of its own: it is served from GET, in the order of declaration.
function treeOf(method: string): findMyWay.HTTPMethod {
  return (method === 'HEAD' ? 'GET' : method) as findMyWay.HTTPMethod;
}

function treesOf(entry: RouteEntry): Set<findMyWay.HTTPMethod> {
  return new Set(entry.verbs.map(treeOf));
}

function isSameRoute(a: MountedRoute, b: MountedRoute | undefined): boolean {
  return a.verb === b?.verb && a.pattern.path === b.pattern.path;
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
    if (!entry.verbs.includes(method)) continue;
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
