import express, { type Express, type RequestHandler } from 'express';
import type { RoutingControllersOptions } from 'routing-controllers';
import supertest from 'supertest';
import type { Instances } from '#lib/container/instances.js';
import { compilePlugin } from '#lib/http/compile-plugin.js';
import { createHandler } from '#lib/http/handler.js';
import type { RequestFailure, ServedPlugin } from '#lib/http/plugin-routes.js';
import { Router } from '#lib/http/router.js';
import type { Class } from '#lib/plugin/tokens.js';

/** Makes each class once, without arguments. */
export class Singletons implements Instances {
  private readonly made = new Map<Class, unknown>();

  singleton<T>(type: Class<T>): T {
    if (!this.made.has(type)) this.made.set(type, new type());
    return this.made.get(type) as T;
  }

  openRequestScope(): never {
    throw new Error('Nothing here belongs to a request');
  }
}

export interface Reported extends RequestFailure {
  readonly error: unknown;
}

export interface ServedApp {
  readonly app: Express;
  readonly router: Router;
  readonly request: supertest.Agent;
  readonly reported: Reported[];
}

export interface AppSettings extends Partial<Omit<ServedPlugin, 'options'>> {
  readonly options?: RoutingControllersOptions;
  /** In front of the handler. */
  readonly before?: readonly RequestHandler[];
  /** Where the handler is mounted. Default `/`. */
  readonly mountedAt?: string;
  /** Sets the app up before anything is used. */
  readonly configure?: (app: Express) => void;
}

/** A plugin as the engine takes it, with nothing but controllers. */
export function servedPlugin(
  controllers: readonly Class[],
  settings: Partial<ServedPlugin> = {},
): ServedPlugin {
  return {
    name: 'sample',
    generation: 1,
    prefix: '',
    controllers,
    instances: new Singletons(),
    middlewares: [],
    interceptors: [],
    options: {},
    limits: {},
    requestMs: 30_000,
    ...settings,
  };
}

/** An Express app that serves these controllers through the engine. */
export function serve(controllers: readonly Class[], settings: AppSettings = {}): ServedApp {
  const { before = [], mountedAt = '/', configure, ...served } = settings;
  const reported: Reported[] = [];
  const router = new Router();
  router.mount(
    compilePlugin(
      servedPlugin(controllers, {
        onError: (error, details) => reported.push({ error, ...details }),
        ...served,
      }),
    ),
  );
  const app = express();
  configure?.(app);
  for (const handler of before) app.use(handler);
  app.use(mountedAt, createHandler(router, served.options ?? {}));
  return { app, router, request: supertest(app), reported };
}
