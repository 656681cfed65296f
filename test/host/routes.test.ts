import assert from 'node:assert/strict';
import express, { type ErrorRequestHandler } from 'express';
import { Get, JsonController, Param, Post } from 'routing-controllers';
import supertest from 'supertest';
import { Plugin } from 'plugboard';
import { closeHosts, quietHost, serve, type LogLine } from './hosting.ts';

@Plugin({ name: 'people', version: '1.0.0' })
@JsonController('/users')
class PeoplePlugin {
  @Get('/me')
  me() {
    return { me: true };
  }

  @Post('/me')
  change() {
    return { changed: true };
  }
}

@Plugin({ name: 'directory', version: '1.0.0' })
@JsonController('/users')
class DirectoryPlugin {
  @Get('/:id')
  one(@Param('id') id: string) {
    return { id };
  }
}

describe('routes of several plugins', () => {
  afterEach(closeHosts);

  it('that overlap go to the more specific one, and the log says which that is', async () => {
    const { request, logs } = await serve({ plugins: [DirectoryPlugin, PeoplePlugin] });
    await request.get('/users/me').expect({ me: true });
    await request.get('/users/you').expect({ id: 'you' });
    const told = logs.filter(({ message }) => message.includes('overlaps'));
    assert.deepEqual(
      told.map(({ level, plugin, message }) => ({ level, plugin, message })),
      [
        {
          level: 'info',
          plugin: 'directory',
          message:
            'GET /users/:id of directory overlaps GET /users/me of people: what both match goes to the more specific, not to directory.',
        },
      ],
    );
  });

  it('that overlap many others are one line, which names three of them', async () => {
    const others = ['a', 'b', 'c', 'd', 'e'].map((name) => {
      @Plugin({ name, version: '1.0.0' })
      @JsonController(`/users/${name}`)
      class OtherPlugin {
        @Get('/')
        answer() {
          return name;
        }
      }
      return OtherPlugin;
    });
    const { logs } = await serve({ plugins: [DirectoryPlugin, ...others] });
    const told = logs.filter(({ message }) => message.includes('overlaps'));
    assert.equal(told.length, 1);
    assert.match(told[0]?.message ?? '', /a\/ of a, GET \/users\/b\/ of b, GET \/users\/c\/ of c and 2 more/);
  });
});

describe('a method that a path has no route for', () => {
  afterEach(closeHosts);

  it('goes on to the app', async () => {
    const { request } = await serve({ plugins: [PeoplePlugin] });
    const { headers } = await request.delete('/users/me').expect(404);
    assert.equal(headers.allow, undefined);
  });

  it('is answered 405 with the methods that there are, where methodNotAllowed is true', async () => {
    const { request } = await serve({ plugins: [PeoplePlugin, DirectoryPlugin], methodNotAllowed: true });
    await request.delete('/users/me?x=1').expect(405).expect('Allow', 'GET, HEAD, POST').expect({
      name: 'MethodNotAllowedError',
      message: 'DELETE is not allowed here: GET, HEAD, POST are',
    });
    await request.post('/users/7').expect(405).expect('Allow', 'GET, HEAD');
  });

  it('is not refused with methodNotAllowed where it is served, is OPTIONS, or the path is unknown', async () => {
    const { request } = await serve({ plugins: [PeoplePlugin], methodNotAllowed: true });
    await request.get('/users/me').expect(200);
    await request.head('/users/me').expect(200);
    await request.options('/users/me').expect(200).expect('Allow', 'GET, HEAD, POST');
    const { headers } = await request.delete('/elsewhere').expect(404);
    assert.equal(headers.allow, undefined);
  });

  it("is the app's to answer where defaultErrorHandler is false", async () => {
    const logs: LogLine[] = [];
    const options = { plugins: [PeoplePlugin], methodNotAllowed: true, defaultErrorHandler: false };
    const host = quietHost(options, logs);
    await host.start();
    const answerError: ErrorRequestHandler = (error, _request, response, _next) => {
      const { httpCode = 500, name } = error as { httpCode?: number; name: string };
      response.status(httpCode).send(name);
    };
    const request = supertest(express().use(host.handler).use(answerError));
    await request.put('/users/me').expect(405).expect('Allow', /POST/).expect('MethodNotAllowedError');
  });
});
