import type { NextFunction, Request, Response } from 'express';
import { routeAnew } from './handler.ts';
import type { Mount, RouteService } from './mount.ts';
import type { RouteDescription } from './route-claims.ts';
import { answerUnavailable } from './unavailable.ts';

/** The routes of a plugin that does not run: 503, with its state and when to come again. */
export function unavailableRoutes(
  plugin: string,
  routes: readonly RouteDescription[],
  state: () => { readonly state: string; readonly retryAfterMs: number },
): Mount {
  const handle = (_request: Request, response: Response): void => {
    const { state: now, retryAfterMs } = state();
    answerUnavailable(response, { plugin, state: now }, retryAfterMs);
  };
  return mountOf(plugin, routes, handle);
}

/** Routes whose requests wait until another generation can serve them. */
export class WaitingRoutes {
  readonly mount: Mount;
  readonly #waiting = new Set<NextFunction>();

  constructor(plugin: string, routes: readonly RouteDescription[]) {
    const handle = (_request: Request, response: Response, next: NextFunction): void => {
      this.#waiting.add(next);
      response.once('close', () => this.#waiting.delete(next));
    };
    this.mount = mountOf(plugin, routes, handle);
  }

  /** Has them routed again, in the order in which they came. */
  release(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const next of waiting) next(routeAnew);
  }
}

function mountOf(plugin: string, routes: readonly RouteDescription[], handle: RouteService['handle']): Mount {
  const owner = { plugin, generation: notRunning };
  return { ...owner, routes: routes.map((route) => ({ ...route, service: { handle }, owner })) };
}

/** In the place of the number of a generation. */
const notRunning = 0;
