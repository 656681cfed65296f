import { routeTakenError } from '../errors/http-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { RoutePattern } from './route-pattern.ts';

/** One route of a plugin, before anything of the plugin is constructed. */
export interface RouteDescription {
  /** `GET`, …, or `ALL`. */
  readonly verb: string;
  readonly pattern: RoutePattern;
  /** `Class.method`. */
  readonly action: string;
}

export interface PluginRoutes {
  readonly name: string;
  readonly routes: readonly RouteDescription[];
}

/** Which plugin has which route, so that none silently shadows another's. */
export class RouteClaims {
  private readonly owners = new Map<string, Map<string, { plugin: string; action: string }>>();
  private readonly claimed = new Map<string, PluginRoutes>();

  /** The first of the `conflicts`; undefined where all are free. */
  conflict(candidate: PluginRoutes): PluginError | undefined {
    const [first] = this.conflicts(candidate);
    return first;
  }

  /** One error for each route of the candidate that another plugin has. */
  *conflicts({ name, routes }: PluginRoutes): Generator<PluginError> {
    for (const { verb, pattern, action } of routes) {
      const owners = pattern.identities.map((identity) => this.ownerOf(identity, verb, name));
      const owner = owners.find((found) => found !== undefined);
      if (owner) yield routeTakenError(`${verb} ${pattern.path}`, owner, { plugin: name, action });
    }
  }

  /** Takes the plugin's routes; those that it had before are released first. Gives what releases them. */
  claim(plugin: PluginRoutes): () => void {
    this.release(plugin.name);
    for (const { verb, pattern, action } of plugin.routes) {
      for (const identity of pattern.identities) {
        const verbs = this.owners.get(identity) ?? new Map<string, { plugin: string; action: string }>();
        if (!verbs.has(verb)) verbs.set(verb, { plugin: plugin.name, action });
        this.owners.set(identity, verbs);
      }
    }
    this.claimed.set(plugin.name, plugin);
    return () => {
      if (this.claimed.get(plugin.name) === plugin) this.release(plugin.name);
    };
  }

  /** Gives the plugin's routes back. */
  release(plugin: string): void {
    const identities = this.claimed.get(plugin)?.routes.flatMap(({ pattern }) => pattern.identities) ?? [];
    for (const identity of identities) {
      const verbs = this.owners.get(identity);
      for (const [verb, owner] of verbs ?? []) if (owner.plugin === plugin) verbs?.delete(verb);
      if (verbs?.size === 0) this.owners.delete(identity);
    }
    this.claimed.delete(plugin);
  }

  private ownerOf(
    identity: string,
    verb: string,
    candidate: string,
  ): { plugin: string; action: string } | undefined {
    const verbs = this.owners.get(identity);
    if (!verbs) return undefined;
    const rivals = verb === 'ALL' ? [...verbs.values()] : [verbs.get(verb), verbs.get('ALL')];
    return rivals.find((owner) => owner && owner.plugin !== candidate);
  }
}
