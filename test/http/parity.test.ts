import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import express, { type Express } from 'express';
import { useExpressServer } from 'routing-controllers';
import supertest from 'supertest';
import { controllersHandler, routingControllersErrorBody } from 'plugboard';
import { traces } from './parity-middlewares.ts';
import { requestTables } from './parity-request-tables.ts';
import { routeTables } from './parity-route-tables.ts';
import type { Case, Table } from './parity-table.ts';

/** What went wrong is in the answers. */
function onError(): void {}

/** For no middlewares: an empty list means all that there are. */
class Nothing {}

function reference(table: Table): Express {
  const app = express().set('env', 'test');
  for (const handler of table.before?.() ?? []) app.use(handler);
  const controllers = [...table.controllers];
  const { middlewares = [Nothing], interceptors = [Nothing] } = table;
  const classes = { controllers, middlewares: [...middlewares], interceptors: [...interceptors] };
  useExpressServer(app, { development: false, ...table.options, ...classes });
  return app;
}

function own(table: Table): Express {
  const app = express().set('env', 'test');
  for (const handler of table.before?.() ?? []) app.use(handler);
  const { controllers, middlewares = [Nothing], interceptors = [Nothing] } = table;
  const options = { development: false, ...table.options, errorBody: routingControllersErrorBody, onError };
  return app.use(controllersHandler({ ...options, controllers, middlewares, interceptors }));
}

async function answer(app: Express, [verb, path, more]: Case): Promise<object> {
  const agent = supertest(app);
  const test = agent[verb](path).redirects(0);
  void test.ok(() => true);
  traces.length = 0;
  const response = await (more ? more(test) : test);
  // What runs after the answer may do so when the client has it.
  await setImmediate();
  const { status, headers, text, body } = response;
  const compared = [
    'content-type',
    'content-length',
    'allow',
    'location',
    'x-one',
    'x-raw',
    'x-also',
    'cache-control',
    'etag',
  ];
  return {
    trace: [...traces],
    status,
    text: text ?? (body as unknown),
    headers: Object.fromEntries(compared.map((name) => [name, headers[name] as unknown])),
  };
}

describe('what routing-controllers answers on Express 5, we answer', () => {
  for (const table of [...requestTables, ...routeTables]) {
    describe(table.title, () => {
      // Ours first: where routing-controllers changes shared state, it can't help us.
      const apps = [own(table), reference(table)] as const;
      for (const each of table.cases) {
        it(`${each[0].toUpperCase()} ${each[1].slice(0, 80)}`, async () => {
          const [ours, theirs] = [await answer(apps[0], each), await answer(apps[1], each)];
          assert.deepEqual(ours, theirs);
        });
      }
    });
  }
});
