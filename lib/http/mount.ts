import type { NextFunction, Request, Response } from 'express';
import type { RouteDescription } from './route-claims.ts';
import type { RouteParameters } from './route-match.ts';

export interface MountedRoute extends RouteDescription {
  readonly service: RouteService;
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
  /** The route's, which need not be fetched from memory for it. */
  readonly service: RouteService;
  readonly params: RouteParameters;
}
