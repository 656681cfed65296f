import { deepEqual, equal, throws } from 'node:assert/strict';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { controllersHandler, PluginError } from 'plugboard';
import supertest from 'supertest';
import { runScript } from '../support/scripts.ts';
import { Nothing } from './side-by-side.ts';

const fixtures = fileURLToPath(new URL('../fixtures/http', import.meta.url));
const none = { middlewares: [Nothing], interceptors: [Nothing] };

function refusal(controllers: string[]): PluginError {
  let refused: unknown;
  throws(
    () => controllersHandler({ ...none, controllers }),
    (error) => (refused = error) instanceof PluginError,
  );
  return refused as PluginError;
}

describe('files of a controllersHandler', () => {
  it('give all the controllers that they export, also in objects and lists', async () => {
    const controllers = [join(fixtures, 'controllers/*.ts')];
    const agent = supertest(express().use(controllersHandler({ ...none, controllers })));
    await agent.get('/posts').expect(200, ['post']);
    await agent.get('/questions').expect(200, ['question']);
    await agent.get('/answers').expect(200, ['answer']);
    await agent.get('/listed').expect(404);
  });

  it('give middlewares and interceptors, and may be named from the working directory', async () => {
    const around = [join(fixtures, 'around/*')];
    const controllers = [relative(process.cwd(), join(fixtures, 'controllers/posts.ts'))];
    const handler = controllersHandler({ controllers, middlewares: around, interceptors: around });
    const { body, headers } = await supertest(express().use(handler)).get('/posts');
    deepEqual(body, { wrapped: ['post'] });
    equal(headers['x-marked'], 'yes');
  });

  it('that are not there are an error where controllers are looked for', () => {
    const { code, message } = refusal([join(fixtures, 'controllers')]);
    equal(code, 'CONTROLLERS_NOT_FOUND');
    equal(message.includes('controllers'), true);
  });

  it('that fail are named, with what they threw', () => {
    const { code, path, cause } = refusal([join(fixtures, 'failing/*.cjs')]);
    equal(code, 'CONTROLLERS_FILE_FAILED');
    deepEqual(path, [join(fixtures, 'failing/throwing.cjs')]);
    equal((cause as Error).message, 'at its top level');
  });

  it('can’t await at their top level, and are told what to do instead', () => {
    const { code, fix } = refusal([join(fixtures, 'failing/*.mjs')]);
    equal(code, 'CONTROLLERS_FILE_FAILED');
    equal(fix.includes('import its classes'), true);
  });
});

describe('without lists, a controllersHandler', () => {
  it('takes all classes that have been decorated, as it does for empty lists', () => {
    const all = [
      [200, { wrapped: ['post'] }, 'yes'],
      [200, { wrapped: ['question'] }, 'yes'],
      [404, {}, 'yes'],
    ];
    deepEqual(runScript(join(fixtures, 'all-registered.ts')), {
      nothing: all,
      empty: all,
      one: [
        [200, ['post'], null],
        [404, {}, null],
        [404, {}, null],
      ],
    });
  });
});
