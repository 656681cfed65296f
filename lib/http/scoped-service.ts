import type { NextFunction, Request, Response } from 'express';
import { runFor, type PluginScope } from '../supervision/escapes/plugin-scope.ts';
import type { RouteService } from './mount.ts';

/** Serves a plugin's route in the plugin's context: what a request starts is then known to be its. */
export function inScope(service: RouteService, scope: PluginScope | undefined): RouteService {
  return scope?.owner.followsContext ? new ScopedService(service, scope) : service;
}

class ScopedService implements RouteService {
  constructor(
    private readonly service: RouteService,
    private readonly scope: PluginScope,
  ) {}

  handle(request: Request, response: Response, next: NextFunction): void {
    this.scope.run(serve, this.service, request, response, next);
  }
}

/** What comes after the plugin is the app's again. */
function serve(service: RouteService, request: Request, response: Response, next: NextFunction): void {
  service.handle(request, response, (error?: unknown) => {
    runFor(undefined, next as (error?: unknown) => void, error);
  });
}
