import { setImmediate } from 'node:timers/promises';
import express, { type Express } from 'express';
import { useExpressServer } from 'routing-controllers';
import supertest from 'supertest';
import { controllersHandler, routingControllersErrorBody } from 'plugboard';
import type { Class } from '#lib/plugin/tokens.js';
import { traces } from './parity-middlewares.ts';
import type { Case, Served } from './parity-table.ts';

/** What a client gets, and who has had a part in it. */
export interface Answer {
  readonly trace: readonly string[];
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** An app that serves them through routing-controllers itself. */
export function reference(served: Served): Express {
  const app = prepared(served);
  if (served.nestedQueries) app.set('query parser', 'extended');
  const { controllers, middlewares, interceptors } = classesOf(served);
  const classes = {
    controllers: [...controllers] as Class[],
    middlewares: [...middlewares] as Class[],
    interceptors: [...interceptors] as Class[],
  };
  useExpressServer(app, { development: false, ...served.options, ...classes });
  return app;
}

/** An app that serves them through the engine. */
export function own(served: Served): Express {
  const options = { development: false, ...served.options, errorBody: routingControllersErrorBody, onError };
  return prepared(served).use(controllersHandler({ ...options, ...classesOf(served) }));
}

function prepared({ configure, before }: Served): Express {
  const app = express().set('env', 'test');
  configure?.(app);
  for (const handler of before?.() ?? []) app.use(handler);
  return app;
}

/** For no middlewares: an empty list means all that there are. */
class Nothing {}

function classesOf({ controllers, middlewares = [Nothing], interceptors = [Nothing] }: Served) {
  return { controllers, middlewares, interceptors };
}

/** What went wrong is in the answers. */
function onError(): void {}

/** An agent keeps the cookies of its app. */
export function client(app: Express): supertest.Agent {
  return supertest.agent(app) as unknown as supertest.Agent;
}

export async function answer(agent: supertest.Agent, [verb, path, more]: Case): Promise<Answer> {
  const test = agent[verb](path).redirects(0);
  void test.ok(() => true);
  traces.length = 0;
  const response = await (more ? more(test) : test);
  // What runs after the answer may do so when the client has it.
  await setImmediate();
  const { status, text, body } = response;
  const content = text ?? (Buffer.isBuffer(body) ? body.toString('latin1') : '');
  return {
    trace: [...traces],
    status,
    text: content,
    headers: stable(response.headers as Record<string, string | string[]>),
  };
}

// Of a session's cookie only the name is the same twice.
function stable(headers: Record<string, string | string[]>): Answer['headers'] {
  const cookies = [headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split('=')[0]);
  return { ...headers, date: undefined, 'set-cookie': cookies };
}
