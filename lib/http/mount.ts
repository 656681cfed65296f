import type { NextFunction, Request, Response } from 'express';
import type { RouteDescription } from './route-claims.ts';
import type { RouteParameters } from './route-match.ts';
import type { Traffic } from './traffic.ts';

export interface MountedRoute extends RouteDescription {
  readonly service: RouteService;
  /** Of its generation; none where nobody waits for its requests. */
  readonly traffic?: Traffic | undefined;
  /** One for all routes of a generation; none where nobody asks whose they are. */
  readonly owner?: RouteOwner | undefined;
}

/** Whose a route is. */
export interface RouteOwner {
  readonly plugin: string;
  /** 0 where the plugin does not run. */
  readonly generation: number;
}

/** Serves the requests of one route. */
export interface RouteService {
  /** `next` is for what it does not answer, with an error or without. */
  handle(request: Request, response: Response, next: NextFunction): void;
}

/** The routes of one generation of a plugin, ready to serve. */
export interface Mount {
  readonly plugin: string;
  readonly generation: number;
  readonly routes: readonly MountedRoute[];
}

export interface RouteMatch {
  readonly route: MountedRoute;
  readonly params: RouteParameters;
}
