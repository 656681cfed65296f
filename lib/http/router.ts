import type { Mount, RouteMatch } from './mount.ts';
import { RouteTable } from './route-table.ts';

/** All routes of a host. Changes in one step: a request sees the routes from before or from after, nothing between. */
export class Router {
  private mounts: readonly Mount[] = [];
  private table = new RouteTable();

  /**
   * Adds a generation's routes.
   *
   * @throws {Error} where this generation is mounted already.
   */
  mount(mount: Mount): void {
    if (this.mounts.some((other) => isSame(other, mount))) {
      throw new Error(`${mount.plugin} (generation ${mount.generation}) is mounted already.`);
    }
    try {
      this.table.add(mount);
    } catch (error) {
      this.rebuild(this.mounts);
      throw error;
    }
    this.mounts = [...this.mounts, mount];
  }

  /** Takes a generation's routes away; gives whether there were any. */
  unmount(plugin: string, generation: number): boolean {
    const rest = this.mounts.filter((mount) => mount.plugin !== plugin || mount.generation !== generation);
    if (rest.length === this.mounts.length) return false;
    this.rebuild(rest);
    return true;
  }

  /** Puts a generation in the place of all others of its plugin; quickly where its routes are the same. */
  replace(mount: Mount): void {
    const others = this.mounts.filter((other) => other.plugin === mount.plugin);
    if (others.length === 1 && others[0] && this.table.exchange(others[0], mount)) {
      this.mounts = this.mounts.map((other) => (other === others[0] ? mount : other));
      return;
    }
    const position = this.mounts.findIndex((other) => other.plugin === mount.plugin);
    const rest = this.mounts.filter((other) => other.plugin !== mount.plugin);
    rest.splice(position < 0 ? rest.length : position, 0, mount);
    this.rebuild(rest);
  }

  /** @throws {URIError} where a route would match, but a parameter's percent-encoding is malformed. */
  find(method: string, url: string): RouteMatch | undefined {
    return this.table.find(method, url);
  }

  private rebuild(mounts: readonly Mount[]): void {
    const next = new RouteTable();
    for (const mount of mounts) next.add(mount);
    this.table = next;
    this.mounts = mounts;
  }
}

function isSame(a: Mount, b: Mount): boolean {
  return a.plugin === b.plugin && a.generation === b.generation;
}
