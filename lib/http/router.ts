import type { Mount, RouteMatch } from './mount.ts';
import { executePattern, nameGroups, targetOf } from './route-match.ts';
import { declaredBefore, declareRoutes, servesVerb, type RouteEntry } from './route-order.ts';
import { findOverlaps, type RouteOverlap } from './route-overlaps.ts';
import { RouteTree } from './route-tree.ts';

/** A generation's routes in service. */
interface Mounted {
  readonly rank: number;
  readonly mount: Mount;
  readonly entries: readonly RouteEntry[];
}

/**
 * All routes of a host. A change takes as long as the plugin has routes, and is one step: a request sees the routes from
 * before or from after, nothing between.
 */
export class Router {
  private readonly tree = new RouteTree();
  /** Routes that are a RegExp, which have no place in the tree; tried last. */
  private regexps: readonly RouteEntry[] = [];
  private readonly mounted = new Map<string, readonly Mounted[]>();
  private nextRank = 0;

  /**
   * Adds a generation's routes.
   *
   * @throws {Error} where this generation is mounted already.
   */
  mount(mount: Mount): void {
    const { plugin, generation } = mount;
    const others = this.mounted.get(plugin) ?? [];
    if (others.some((other) => other.mount.generation === generation)) {
      throw new Error(`${plugin} (generation ${generation}) is mounted already.`);
    }
    this.mounted.set(plugin, [...others, this.add(mount, this.nextRank++)]);
  }

  /** Takes a generation's routes away; gives whether there were any. */
  unmount(plugin: string, generation: number): boolean {
    const mounted = this.mounted.get(plugin) ?? [];
    const left = mounted.filter((one) => one.mount.generation !== generation);
    if (left.length === mounted.length) return false;
    for (const one of mounted) if (!left.includes(one)) this.remove(one);
    if (left.length > 0) this.mounted.set(plugin, left);
    else this.mounted.delete(plugin);
    return true;
  }

  /** Takes all routes of a plugin away. */
  unmountAll(plugin: string): void {
    for (const mounted of this.mounted.get(plugin) ?? []) this.remove(mounted);
    this.mounted.delete(plugin);
  }

  /** Puts a generation in the place of all others of its plugin. */
  replace(mount: Mount): void {
    const others = this.mounted.get(mount.plugin) ?? [];
    const rank = others[0]?.rank ?? this.nextRank++;
    for (const other of others) this.remove(other);
    this.mounted.set(mount.plugin, [this.add(mount, rank)]);
  }

  /** @throws {URIError} where a route would match, but a parameter's percent-encoding is malformed. */
  find(method: string, url: string): RouteMatch | undefined {
    if (url.charCodeAt(0) !== slash) {
      const target = targetOf(url);
      return target === url ? this.findRegExp(method, url) : this.find(method, target);
    }
    let isPlain = true;
    let end = 0;
    // One look at each character: this is done for every request.
    for (; end < url.length; end++) {
      const code = url.charCodeAt(end);
      if (code === question) break;
      if (code === percent) isPlain = false;
      if (code === hash) return this.find(method, targetOf(url));
    }
    const path = end === url.length ? url : url.slice(0, end);
    return this.tree.find(method, path, isPlain) ?? this.findRegExp(method, path);
  }

  /** Where routes of several plugins match one path: of all plugins, or of one and the others. */
  overlaps(plugin?: string): RouteOverlap[] {
    const mounted =
      plugin === undefined ? [...this.mounted.values()].flat() : (this.mounted.get(plugin) ?? []);
    return findOverlaps(
      this.tree.root,
      mounted.flatMap(({ entries }) => entries),
    );
  }

  private add(mount: Mount, rank: number): Mounted {
    const entries = declareRoutes(mount.plugin, mount.routes, rank);
    for (const entry of entries) this.tree.add(entry);
    const regexps = entries.filter(isRegExp);
    if (regexps.length > 0) {
      this.regexps = [...this.regexps, ...regexps].sort((a, b) => a.rank - b.rank || a.index - b.index);
    }
    return { mount, rank, entries };
  }

  private remove({ entries }: Mounted): void {
    for (const entry of entries) this.tree.remove(entry);
    if (entries.some(isRegExp)) this.regexps = this.regexps.filter((entry) => !entries.includes(entry));
  }

  private findRegExp(method: string, path: string): RouteMatch | undefined {
    for (const entry of this.regexps) {
      const { route } = entry;
      const match = servesVerb(route.verb, method) ? executePattern(route.pattern, path) : null;
      if (!match) continue;
      const first = declaredBefore(entry, path, method);
      return first ?? { route, params: nameGroups(route.pattern, match) };
    }
    return undefined;
  }
}

const slash = 47;
const question = 63;
const hash = 35;
const percent = 37;

function isRegExp({ route }: RouteEntry): boolean {
  return route.pattern.shapes.length === 0;
}
