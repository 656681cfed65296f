import cors, { type CorsOptions } from 'cors';
import type { RequestHandler, Response } from 'express';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import type { PluginError } from '../errors/plugin-error.ts';
import { compilePlugin } from '../http/compile-plugin.ts';
import { describePlugin } from '../http/describe-plugin.ts';
import { createHandler } from '../http/handler.ts';
import type { RouteHandler } from '../http/mount.ts';
import type { ServedPlugin } from '../http/plugin-routes.ts';
import { requestContext } from '../http/request-context.ts';
import { RequestsUnderWay } from '../http/requests-under-way.ts';
import { RouteClaims } from '../http/route-claims.ts';
import { Router } from '../http/router.ts';
import { close, listen } from '../http/server.ts';
import { isServingClass } from '../plugin/serving-class.ts';
import { HttpRequest } from '../services/http-request.ts';
import { runFor, type PluginScope } from '../supervision/escapes/plugin-scope.ts';
import type { Generation } from '../supervision/generation.ts';
import type { BoundEntry, PlannedEntry } from './entry.ts';
import type { HostLog } from './host-log.ts';
import type { HostServices } from './host-services.ts';
import type { HostOptions } from './options.ts';

/** Everything of the host that faces the network: its routes, its handler, its servers. */
export class Serving {
  readonly handler: RequestHandler;
  readonly #router = new Router();
  readonly #claims = new RouteClaims();
  readonly #underWay = new RequestsUnderWay();
  readonly #servers: Server[] = [];
  #isOpen = false;

  constructor(
    private readonly options: HostOptions,
    private readonly log: HostLog,
  ) {
    this.handler = this.#createHandler((response) => this.#underWay.add(response));
  }

  /** Decides, in the order of discovery, who has which route; whoever wants one that is taken fails. */
  claimRoutes(entries: readonly BoundEntry[]): readonly PlannedEntry[] {
    return entries.flatMap((entry) => {
      if (entry.row.state !== 'discovered') return [];
      try {
        return [this.#claim(entry)];
      } catch (error) {
        entry.row.fail(error as PluginError);
        return [];
      }
    });
  }

  mount(entry: PlannedEntry, generation: Generation, services: HostServices): void {
    this.#router.mount(compilePlugin(this.#served(entry, generation, services), entry.routes));
    entry.row.routes = entry.routes.routes.map(({ verb, pattern, action }) => ({
      method: verb,
      path: pattern.path,
      action,
    }));
  }

  /** From now on requests are served. */
  open(): void {
    for (const overlap of this.#router.overlaps()) this.log.overlap(overlap);
    this.#isOpen = true;
  }

  async listen(port: number, hostname: string | undefined): Promise<Server> {
    // Its own close waits for what is under way on it.
    const server = await listen(this.#createHandler(), port, hostname, this.options.limits);
    this.#servers.push(server);
    return server;
  }

  /** Lets requests under way finish, for 10 s at most; later ones get 503. */
  async close(): Promise<void> {
    this.#isOpen = false;
    await Promise.all([
      ...this.#servers.map(async (server) => close(server, drainMs)),
      // In an app of somebody else the server is not ours to close.
      this.#underWay.finished(drainMs),
    ]);
  }

  /** What request-scoped classes get as `HttpRequest`. */
  readonly describeRequest = (request: object): HttpRequest => {
    const context = requestContext(request);
    if (!context) throw new Error('HttpRequest is there only while an action is served.');
    return new HttpRequest(context.id, context.signal, context.request);
  };

  #claim(entry: BoundEntry): PlannedEntry {
    const { row, loaded, settings } = entry;
    const routes = describePlugin({
      name: row.name,
      prefix: settings.prefix,
      controllers: loaded.controllers,
      options: this.options,
      assets: loaded.assets,
    });
    const conflict = this.#claims.conflict(routes);
    if (conflict) throw conflict;
    this.#claims.claim(routes);
    return { ...entry, routes };
  }

  #served(entry: PlannedEntry, generation: Generation, services: HostServices): ServedPlugin {
    const { row, loaded, settings, container } = entry;
    const { middlewares = [], interceptors = [] } = loaded.options;
    const own = { from: container };
    return {
      name: row.name,
      generation: generation.number,
      prefix: settings.prefix,
      controllers: loaded.controllers,
      instances: container,
      middlewares: [
        ...services.middlewares,
        ...middlewares.map((use) => (isServingClass(use) ? { ...own, type: use } : use)),
      ],
      interceptors: [...services.interceptors, ...interceptors.map((type) => ({ ...own, type }))],
      options: this.options,
      limits: this.options.limits ?? {},
      requestMs: settings.timeouts.requestMs,
      etag: this.options.etag,
      enter: (handle) => enterScope(loaded.scope, handle),
      errorBody: this.options.errorBody as ServedPlugin['errorBody'],
      onError: this.log.requestFailed,
      views: loaded.views,
      sharedViews: this.options.views === undefined ? [] : [resolve(this.options.views)],
      viewEngines: this.options.viewEngines,
      assets: loaded.assets,
    };
  }

  #createHandler(onServe?: (response: Response) => void): RequestHandler {
    const { defaultErrorHandler, methodNotAllowed } = this.options;
    const serve = createHandler(this.#router, { defaultErrorHandler, methodNotAllowed, onServe });
    const guarded: RequestHandler = (request, response, next) => {
      if (this.#isOpen) serve(request, response, next);
      else answerUnavailable(response);
    };
    const { cors: allowed } = this.options;
    if (!allowed) return guarded;
    const share = cors(allowed === true ? undefined : (allowed as CorsOptions));
    return (request, response, next) => {
      share(request, response, () => void guarded(request, response, next));
    };
  }
}

/** What comes after the plugin is the app's again. */
function enterScope(scope: PluginScope, handle: RouteHandler): RouteHandler {
  if (!scope.owner.followsContext) return handle;
  return (request, response, next) => {
    const leave = (error?: unknown): void => runFor(undefined, next as (error?: unknown) => void, error);
    scope.run(handle, request, response, leave);
  };
}

/** How long `close()` lets requests under way finish. */
const drainMs = 10_000;

function answerUnavailable(response: Response): void {
  response.status(503).set('Retry-After', '1').json({
    name: 'ServiceUnavailable',
    message: 'The host is not running: it is starting, its start was refused, or it has been closed.',
  });
}
