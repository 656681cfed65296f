import type { RequestHandler, Response } from 'express';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { tooManyErrors } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { compilePlugin } from '../http/compile-plugin.ts';
import { describePlugin, type PluginDescription } from '../http/describe-plugin.ts';
import type { Mount } from '../http/mount.ts';
import type { RequestFailure, ServedPlugin } from '../http/plugin-routes.ts';
import { requestContext } from '../http/request-context.ts';
import { RouteClaims } from '../http/route-claims.ts';
import { RequestWatch } from '../http/request-watch.ts';
import { Router } from '../http/router.ts';
import { close, listen } from '../http/server.ts';
import { Traffic } from '../http/traffic.ts';
import { answerUnavailable } from '../http/unavailable.ts';
import { requestsUnderWay } from '../http/under-way.ts';
import { unavailableRoutes, WaitingRoutes } from '../http/unavailable-routes.ts';
import { isServingClass } from '../plugin/serving-class.ts';
import { masked } from '../services/masked.ts';
import type { RouteRequests } from '../services/monitor.ts';
import type { Secrets } from '../services/secrets.ts';
import { HttpRequest } from '../services/http-request.ts';
import { runFor } from '../supervision/escapes/plugin-scope.ts';
import type { Generation } from '../supervision/generation.ts';
import { ErrorRate } from '../supervision/error-rate.ts';
import type { SupervisedPlugin } from '../supervision/supervised-plugin.ts';
import type { Entry, LiveEntry, PlannedEntry } from './entry.ts';
import { guardedHandler } from './guarded-handler.ts';
import type { HostLog } from './host-log.ts';
import type { HostServices } from './host-services.ts';
import type { HostOptions } from './options.ts';

/** Everything of the host that faces the network: its routes, its handler, its servers. */
export class Serving {
  readonly handler: RequestHandler = (request, response, next) => {
    this.#handle(request, response, next);
  };
  /** Of the requests of all plugins. */
  readonly watch = new RequestWatch();
  readonly #router = new Router();
  readonly #claims = new RouteClaims();
  /** Of each generation that still has some. */
  readonly #traffic = new Map<Generation, Traffic>();
  /** What each of them serves. */
  readonly #mounts = new Map<Generation, Mount>();
  readonly #servers: Server[] = [];
  #handle: RequestHandler;
  #isOpen = false;
  #isClosed = false;

  constructor(
    private readonly options: HostOptions,
    private readonly log: HostLog,
    /** Told of a generation whose requests fail too often. */
    private readonly onTooManyErrors: (generation: Generation, error: PluginError) => void,
    private readonly secrets: Secrets,
  ) {
    this.#handle = this.#createHandler();
  }

  /** The routes of a plugin, before anything of it is constructed. Throws where its decorators are wrong. */
  describe({ row, loaded, settings }: Entry): PluginDescription {
    return describePlugin({
      name: row.name,
      prefix: settings.prefix,
      controllers: loaded.controllers,
      options: this.options,
      assets: loaded.assets,
    });
  }

  /** Reserves a plugin's routes, in the place of those that it had. Throws where one is another's. */
  claim(routes: PluginDescription): void {
    const conflict = this.#claims.conflict(routes);
    if (conflict) throw conflict;
    this.#claims.claim(routes);
  }

  release(plugin: string): void {
    this.#claims.release(plugin);
  }

  /** Makes the routes of a generation that has started. They are served when they are put in service. */
  compile(entry: PlannedEntry, generation: Generation, services: HostServices): Mount {
    const { loaded, container } = entry;
    loaded.owned?.takeConstraintsFrom((type) =>
      container.has(type) ? container.singleton(type) : undefined,
    );
    const traffic = new Traffic(entry.row.name, entry.settings.supervise.concurrency);
    this.#traffic.set(generation, traffic);
    const served = this.#served(entry, generation, services);
    const onError = this.#countErrors(entry, generation, traffic);
    const scope = generation.scope?.followed;
    const mount = compilePlugin({ ...served, traffic, scope, onError }, entry.routes);
    this.#mounts.set(generation, mount);
    return mount;
  }

  /** In one step: a request gets what was there before, or this. */
  put({ row, mount }: LiveEntry): void {
    this.#router.replace(mount);
    row.routes = mount.routes.map(({ verb, pattern, action }) => ({
      method: verb,
      path: pattern.path,
      action,
    }));
    if (this.#isOpen) for (const overlap of this.#router.overlaps(row.name)) this.log.overlap(overlap);
  }

  /** In the place of a plugin's routes: 503 where no other plugin has them, and nothing where they are not known. */
  putUnavailable(row: SupervisedPlugin, description: PluginDescription | undefined): void {
    const { name } = row;
    const free = description?.routes.filter(
      (route) => this.#claims.conflict({ name, routes: [route] }) === undefined,
    );
    if (!free?.length) this.takeAway(name);
    else {
      const state = (): { state: string; retryAfterMs: number } => ({
        state: row.state,
        retryAfterMs: row.retryAfterMs,
      });
      this.#router.replace(unavailableRoutes(name, free, state));
    }
  }

  /** Lets requests wait, instead of what was there. */
  hold(plugin: string, { routes }: PluginDescription): WaitingRoutes {
    const waiting = new WaitingRoutes(plugin, routes);
    this.#router.replace(waiting.mount);
    return waiting;
  }

  takeAway(plugin: string): void {
    this.#router.unmountAll(plugin);
  }

  /** Lets the requests of a generation finish; those that do not are told by their signals. */
  async drain({ generation, settings, row }: LiveEntry): Promise<void> {
    const traffic = this.#traffic.get(generation);
    // A host that is closed has given them their time already.
    const limitMs = this.#isClosed ? 0 : settings.timeouts.drainMs;
    if (!traffic) return;
    abortStreams(traffic);
    if (await traffic.finished(limitMs)) return;
    abortAll(traffic);
    await traffic.finished(abortedMs);
    // What serves them is about to be taken apart.
    for (const response of traffic) cutOff(response, row.name);
  }

  /** How many requests of a plugin's generations wait for their answers. */
  inFlight(plugin: string): number {
    let count = 0;
    for (const [generation, traffic] of this.#traffic)
      if (generation.plugin === plugin) count += traffic.size;
    return count;
  }

  /** The same by method and route. */
  inFlightByRoute(plugin: string): readonly RouteRequests[] {
    const served = [...this.#mounts].flatMap(([generation, mount]) => {
      const traffic = this.#traffic.get(generation);
      return traffic && generation.plugin === plugin ? { mount, traffic } : [];
    });
    return requestsUnderWay(served);
  }

  forget(generation: Generation): void {
    this.#mounts.delete(generation);
    this.#traffic.delete(generation);
  }

  /** From now on requests are served. */
  open(): void {
    // What the configuration says is known only now.
    this.#handle = this.#createHandler();
    for (const overlap of this.#router.overlaps()) this.log.overlap(overlap);
    this.#isOpen = true;
  }

  async listen(port: number, hostname: string | undefined): Promise<Server> {
    const server = await listen(this.#createHandler({ isLast: true }), port, hostname, this.options.limits);
    this.#servers.push(server);
    return server;
  }

  /** Lets requests under way finish, for 10 s at most; later ones get 503. */
  async close(): Promise<void> {
    this.#isOpen = false;
    for (const traffic of this.#traffic.values()) abortStreams(traffic);
    // Who listens to its signal may still say goodbye.
    const late = setTimeout(() => {
      for (const traffic of this.#traffic.values()) abortAll(traffic);
    }, drainMs - abortedMs);
    await Promise.all([
      ...this.#servers.map(async (server) => close(server, drainMs)),
      // In an app of somebody else the server is not ours to close.
      ...[...this.#traffic.values()].map(async (traffic) => traffic.finished(drainMs)),
    ]);
    clearTimeout(late);
    this.#isClosed = true;
  }

  /** What request-scoped classes get as `HttpRequest`. */
  readonly describeRequest = (request: object): HttpRequest => {
    const context = requestContext(request);
    if (!context) throw new Error('HttpRequest is there only while an action is served.');
    const { id, signal, request: express, action } = context;
    return new HttpRequest(id, signal, express, action.log?.child({ requestId: id }));
  };

  #countErrors(
    { settings, row }: Entry,
    generation: Generation,
    traffic: Traffic,
  ): (error: unknown, failure: RequestFailure) => void {
    const { errors } = settings.supervise;
    if (!errors) return this.log.requestFailed;
    const rate = new ErrorRate(errors, performance.now());
    return (error, failure) => {
      this.log.requestFailed(error, failure);
      rate.served(Math.max(0, traffic.takeCount() - 1));
      const share = rate.failed(performance.now());
      if (!share) return;
      const fault = tooManyErrors(row.name, { ...share, ...errors }, error);
      // What follows from it is the host's doing.
      runFor(undefined, () => this.onTooManyErrors(generation, fault));
    };
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
      log: this.log.loggerFor(row.name),
      requestMs: settings.timeouts.requestMs,
      etag: this.options.etag,
      errorBody: this.options.errorBody as ServedPlugin['errorBody'],
      mask: (body) => masked(body, this.secrets),
      views: loaded.views,
      sharedViews: this.options.views === undefined ? [] : [resolve(this.options.views)],
      viewEngines: this.options.viewEngines,
      assets: loaded.assets,
    };
  }

  #createHandler({ isLast = false } = {}): RequestHandler {
    const { options, watch } = this;
    return guardedHandler({ router: this.#router, options, watch, isLast, isOpen: () => this.#isOpen });
  }
}

/** How long `close()` lets requests under way finish. */
const drainMs = 10_000;

/** How long requests may take to end when their signals have told them to, in ms. */
const abortedMs = 500;

const goneMessage = 'The plugin is being stopped';

function abortAll(traffic: Traffic): void {
  for (const response of traffic) abort(response);
}

/** A stream of events never finishes by itself: nobody is to wait for it, and its reader comes back by itself. */
function abortStreams(traffic: Traffic): void {
  for (const response of traffic) {
    const type = response.getHeader('Content-Type');
    if (typeof type === 'string' && type.startsWith('text/event-stream')) abort(response);
  }
}

function abort({ req }: Response): void {
  requestContext(req)?.abort(new DOMException(goneMessage, 'AbortError'));
}

/** Nothing that the action still does can be answered any more. */
function cutOff(response: Response, plugin: string): void {
  requestContext(response.req)?.expire(new DOMException(goneMessage, 'AbortError'));
  if (response.headersSent) response.destroy();
  else answerUnavailable(response, { plugin, state: 'draining' }, 1_000);
}
