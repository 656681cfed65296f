import express, { type RequestHandler } from 'express';
import type { Action, RoutingControllersOptions } from 'routing-controllers';
import type { Test } from 'supertest';
import type { Class } from '#lib/plugin/tokens.js';

export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options';
export type Case = readonly [verb: Verb, path: string, more?: (test: Test) => Test];

export interface Table {
  readonly title: string;
  readonly controllers: readonly Class[];
  readonly options?: RoutingControllersOptions;
  readonly middlewares?: readonly Class[];
  readonly interceptors?: readonly Class[];
  readonly before?: () => readonly RequestHandler[];
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
  (action.request as express.Request).get('x-user') ?? undefined;
