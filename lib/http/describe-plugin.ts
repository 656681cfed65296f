import { invalidRouteError } from '../errors/http-errors.ts';
import {
  describeActions,
  faultTold,
  type ActionDescription,
  type DescribedControllers,
} from './controller-metadata.ts';
import type { PluginRoutes, RouteDescription } from './route-claims.ts';
import { routePattern, type RoutePattern } from './route-pattern.ts';

/** What is described: `ServedPlugin` without what needs instances. */
export interface DescribedPlugin extends DescribedControllers {
  /** The host's prefix and the plugin's: `''` or `/a/b`. */
  readonly prefix: string;
  /** Absolute path of the folder with files to serve. */
  readonly assets?: string | undefined;
}

/** A route and the action that serves it; no action for the plugin's assets. */
interface DescribedRoute extends RouteDescription {
  readonly description: ActionDescription | undefined;
}

/** A plugin's routes, in the order in which they are tried. */
export interface PluginDescription extends PluginRoutes {
  readonly routes: readonly DescribedRoute[];
}

/**
 * All routes of a plugin, read from its classes: nothing is constructed. For `RouteClaims` and {@link compilePlugin}.
 *
 * @throws {PluginError} `CONTROLLER_DECORATOR_MISSING`, `DECORATOR_METADATA_MISSING`, `INVALID_ROUTE`.
 */
export function describePlugin(plugin: DescribedPlugin): PluginDescription {
  const routes = describeActions(plugin).flatMap((description) =>
    faultTold(plugin.onFault, () => [
      {
        verb: description.verb,
        pattern: patternOf(plugin, description.route, description.name),
        action: description.name,
        description,
      },
    ]),
  );
  return {
    name: plugin.name,
    routes: plugin.assets === undefined ? routes : [assetRoute(plugin), ...routes],
  };
}

function assetRoute(plugin: DescribedPlugin): DescribedRoute {
  const pattern = patternOf(plugin, `/${plugin.name}/assets/*path`, 'assets');
  return { verb: 'GET', pattern, action: `assets of ${plugin.name}`, description: undefined };
}

function patternOf({ name, prefix }: DescribedPlugin, route: string | RegExp, action: string): RoutePattern {
  const path = withPrefix(prefix.replace(/\/$/, ''), route);
  try {
    return routePattern(path);
  } catch (cause) {
    throw invalidRouteError(name, action, String(path), cause);
  }
}

function withPrefix(prefix: string, route: string | RegExp): string | RegExp {
  if (typeof route !== 'string') return prefix === '' ? route : prefixedRegExp(prefix, route);
  // `@JsonController('users')`: without its slash no URL could ever match.
  return /^[\p{L}\p{N}_:-]/u.test(route) ? `${prefix}/${route}` : prefix + route;
}

/** Anchored, as routing-controllers does it; where it has done so already for the controller's own path, only once. */
function prefixedRegExp(prefix: string, { source, flags }: RegExp): RegExp {
  const literal = prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal}(?:${source.replace(/^\^/, '')})/?$`, flags);
}
