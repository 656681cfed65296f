import type { RouteRequests } from '../services/monitor.ts';
import type { Mount, MountedRoute } from './mount.ts';
import { requestContext } from './request-context.ts';
import { ActionService } from './serve-request.ts';
import type { Traffic } from './traffic.ts';

/** What one generation serves. */
export interface ServedRoutes {
  readonly mount: Mount;
  readonly traffic: Traffic;
}

/** The requests that wait for their answers, by method and route: found out when it is asked, not for each request. */
export function requestsUnderWay(served: readonly ServedRoutes[]): readonly RouteRequests[] {
  const counts = new Map<string, RouteRequests>();
  for (const { mount, traffic } of served) {
    const byService = new Map<unknown, MountedRoute>(mount.routes.map((route) => [route.service, route]));
    const assets = mount.routes.find(({ service }) => !(service instanceof ActionService));
    traffic.dropThoseOver();
    for (const { req } of traffic) {
      const route = (byService.get(requestContext(req)?.action) ?? assets)?.pattern.path ?? '';
      const key = `${req.method} ${route}`;
      counts.set(key, { method: req.method, route, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()];
}
