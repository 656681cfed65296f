import type { NextFunction, Request, Response } from 'express';
import type { RouteService } from '../http/mount.ts';
import type { PluginScope } from '../supervision/escapes/plugin-scope.ts';

/** Makes it known that what a request starts is the plugin's. */
export function scopedService(scope: PluginScope | undefined, service: RouteService): RouteService {
  return scope?.owner.followsContext ? new ScopedService(scope, service) : service;
}

class ScopedService implements RouteService {
  constructor(
    private readonly scope: PluginScope,
    private readonly service: RouteService,
  ) {}

  handle(request: Request, response: Response, next: NextFunction): void {
    this.scope.run(serveBy, this.service, request, response, next);
  }
}

// No closure of its own for each request.
function serveBy(service: RouteService, request: Request, response: Response, next: NextFunction): void {
  service.handle(request, response, next);
}
