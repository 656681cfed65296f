import { withinStart } from '../hosting/binding.ts';
import type { BoundEntry } from '../hosting/entry.ts';
import type { TrialHost } from '../hosting/trial-host.ts';
import { routeOverlap, routeRepeated, routeShadowed } from '../errors/check-errors.ts';
import { PluginError } from '../errors/plugin-error.ts';
import type { ActionDescription } from '../http/controller-metadata.ts';
import type { PluginDescription } from '../http/describe-plugin.ts';
import { findHidden } from '../http/hidden-routes.ts';
import type { RouteService } from '../http/mount.ts';
import { RouteClaims } from '../http/route-claims.ts';
import { Router } from '../http/router.ts';
import type { Anchor } from './anchor.ts';
import { anchorOf } from './anchors.ts';
import type { Finding } from './finding.ts';

/** A plugin with the routes that could be read. */
export interface DescribedEntry {
  readonly entry: BoundEntry;
  readonly description: PluginDescription;
}

/** Reads the routes of a plugin; each that can't be read is told of by `note`. */
export async function describeEntryRoutes(
  entry: BoundEntry,
  trial: TrialHost,
  note: (finding: Finding) => void,
): Promise<DescribedEntry> {
  const onFault = (error: unknown): void => {
    if (!(error instanceof PluginError)) throw error;
    note({ error, anchor: anchorOf(error, entry) });
  };
  try {
    return { entry, description: await withinStart(entry, () => trial.routesOf(entry, onFault)) };
  } catch (error) {
    onFault(error);
    return { entry, description: { name: entry.row.name, routes: [] } };
  }
}

/** Routes that are never reached, that two plugins have, or of which another gets a part. */
export function routeFindings(described: readonly DescribedEntry[]): readonly Finding[] {
  return [...takenRoutes(described), ...described.flatMap(hiddenRoutes), ...overlappingRoutes(described)];
}

function takenRoutes(described: readonly DescribedEntry[]): Finding[] {
  const claims = new RouteClaims();
  return described.flatMap(({ entry, description }) => {
    const conflicts = [...claims.conflicts(description)];
    claims.claim(description);
    return conflicts.map((error) => ({ error, anchor: anchorOf(error, entry) }));
  });
}

type Route = PluginDescription['routes'][number];

function hiddenRoutes({ entry, description }: DescribedEntry): Finding[] {
  return findHidden(description.routes).map(({ hidden, by, isSame }) => {
    const tell = isSame ? routeRepeated : routeShadowed;
    const error = tell({
      plugin: entry.row.name,
      route: nameOf(hidden),
      action: hidden.action,
      by: { route: nameOf(by), action: by.action },
    });
    return { error, anchor: routeAnchor(hidden, entry) };
  });
}

function overlappingRoutes(described: readonly DescribedEntry[]): Finding[] {
  const router = new Router();
  for (const { description } of described) {
    const routes = description.routes.map((route) => ({ ...route, service: unserved }));
    router.mount({ plugin: description.name, generation: 0, routes });
  }
  return router.overlaps().flatMap(({ general, specific }) => {
    const found = described.find(({ entry }) => entry.row.name === general.plugin);
    const route = found?.description.routes.find((one) => nameOf(one) === general.route);
    if (!found || !route) return [];
    const winners = specific.map(({ plugin, route: other }) => `${other} of ${plugin}`).sort();
    const named = { route: general.route, action: route.action };
    return { error: routeOverlap(general.plugin, named, winners), anchor: routeAnchor(route, found.entry) };
  });
}

const unserved: RouteService = { handle: () => undefined };

function nameOf({ verb, pattern }: Route): string {
  return `${verb} ${pattern.path}`;
}

function routeAnchor({ description }: Route, { loaded }: BoundEntry): Anchor {
  if (!description) return { kind: 'option', type: loaded.pluginClass, option: 'assets' };
  return actionAnchor(description);
}

export function actionAnchor({ controller, method }: ActionDescription): Anchor {
  return { kind: 'method', type: controller, method };
}
