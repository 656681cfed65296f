import type { RouteMatch } from './mount.ts';
import { matchPath } from './route-match.ts';
import { firstDeclared, type RouteEntry } from './route-order.ts';

/**
 * Routes with something variable in them, tried one after another: what find-my-way can't express, and what it stops at
 * where a parameter's own pattern refuses. Kept by the folder that they begin with, so that a path meets few of them.
 */
export class VaryingRoutes {
  private readonly byFolder = new Map<string, RouteEntry[]>();

  add(entry: RouteEntry): void {
    const { pattern } = entry.route;
    if (pattern.keys.length === 0 && pattern.shapes.length > 0) return;
    const others = this.byFolder.get(pattern.folder);
    if (others) others.push(entry);
    else this.byFolder.set(pattern.folder, [entry]);
  }

  /** The deepest folder first; in one folder as declared. */
  find(method: string, path: string): RouteMatch | undefined {
    const lower = path.toLowerCase();
    for (let end = lower.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : lower.lastIndexOf('/', end - 1)) {
      for (const entry of this.byFolder.get(lower.slice(0, end)) ?? []) {
        const params = entry.verbs.includes(method) ? matchPath(entry.route.pattern, path) : undefined;
        if (params) return firstDeclared(entry, params, path, method);
      }
    }
    return undefined;
  }
}
