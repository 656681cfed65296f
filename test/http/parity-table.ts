import type { Express, Request, RequestHandler } from 'express';
import type { Action, RoutingControllersOptions } from 'routing-controllers';
import type { Test } from 'supertest';
import type { Class } from '#lib/plugin/tokens.js';

export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options';
export type Case = readonly [verb: Verb, path: string, more?: (test: Test) => Test];

/** What both apps of a table serve. */
export interface Served {
  /** Classes, or globs of files with classes. */
  readonly controllers: readonly (Class | string)[];
  readonly options?: RoutingControllersOptions;
  readonly middlewares?: readonly (Class | string)[];
  readonly interceptors?: readonly Class[];
  readonly before?: () => readonly RequestHandler[];
  readonly configure?: (app: Express) => void;
  /** Queries like `?a[b]=c`, which Express 5 has to be told to read; the engine reads them as Express 4 did. */
  readonly nestedQueries?: boolean;
}

export interface Table extends Served {
  readonly title: string;
  readonly cases: readonly Case[];
}

export const person = { name: 'Ada', age: 36 };
export const form = 'application/x-www-form-urlencoded';

export const send =
  (body: string | object, type = 'application/json') =>
  (test: Test): Test =>
    test.set('content-type', type).send(body);
export const header =
  (name: string, value: string) =>
  (test: Test): Test =>
    test.set(name, value);

export const byHeader = (action: Action): string | undefined =>
  (action.request as Request).get('x-user') ?? undefined;
