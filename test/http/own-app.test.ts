import { deepEqual, equal } from 'node:assert/strict';
import http, { createServer } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import { restore, stub } from 'sinon';
import { createOwnApp } from '#lib/http/own-app.js';
import { answersOf, type Asked } from './both-servers.ts';

/** A server that serves nothing but a handler, without an Express router. */
function ownServer(handler: RequestHandler): http.Server {
  const { listener, ...classes } = createOwnApp(handler);
  return createServer(classes, listener);
}

/** The same with one. */
function expressServer(handler: RequestHandler): http.Server {
  return createServer(express().disable('x-powered-by').use(handler));
}

const cases: Readonly<
  Record<string, { handler: RequestHandler; asks: readonly Asked[]; statuses: number[] }>
> = {
  'has all that Express and its router give a request': {
    handler: (request, response) => {
      const { originalUrl, baseUrl, url, path, query, ip, protocol, hostname } = request;
      const linked = request.res === response && response.req === request;
      const isOne = request.app === response.app && request.app.get('etag') === 'weak';
      const { locals } = response;
      locals['kept'] = true;
      response.json([
        originalUrl,
        baseUrl,
        url,
        path,
        query,
        ip,
        protocol,
        hostname,
        linked,
        isOne,
        response.locals,
        typeof request.next,
        Object.getPrototypeOf(locals) === null,
        request.accepts('json'),
      ]);
    },
    asks: ['GET /a/b?c=d', { to: 'POST /', body: 'x' }, 'HEAD /'],
    statuses: [200, 200, 200],
  },
  'knows the address that was asked for when it is rewritten': {
    handler: (request, response) => {
      request.url = '/other';
      response.json([request.originalUrl, request.path]);
    },
    asks: ['GET /asked?for=1'],
    statuses: [200],
  },
  'lets locals, next and baseUrl be set': {
    handler: (request, response, next) => {
      response.locals = { own: 'locals' };
      request.baseUrl = '/base';
      request.next = () => void response.json([response.locals, request.baseUrl, request.next !== next]);
      request.next();
    },
    asks: ['GET /'],
    statuses: [200],
  },
  'hands on what is not served': {
    handler: (_request, _response, next) => next(),
    asks: ['GET /<there>', 'OPTIONS /', 'HEAD /', { to: 'POST /', body: 'x' }],
    statuses: [404, 404, 404, 404],
  },
  'leaves the route and the router to nothing else': {
    handler: (request, _response, next) => next(request.path.slice(1)),
    asks: ['GET /route', 'GET /router'],
    statuses: [404, 404],
  },
  'answers errors as Express does: passed on, thrown, found in a page or a file': {
    handler: (request, response, next) => {
      const error = Object.assign(new Error('gone'), {
        status: 410,
        headers: { 'X-Why': 'gone' },
        stack: '',
      });
      if (request.path === '/passed') next(error);
      else if (request.path === '/thrown') throw error;
      else if (request.path === '/page') response.render('none');
      else if (request.path === '/file') response.sendFile('/no/such/file');
      else request.next?.(error);
    },
    asks: ['GET /passed', 'GET /thrown', 'GET /page', 'GET /file', 'GET /later'],
    statuses: [410, 410, 500, 404, 410],
  },
};

describe('the app of a host that has no other', () => {
  const { env } = process;
  beforeEach(() => {
    process.env = { ...env, NODE_ENV: 'production' }; // Express shows no stack then, but logs it
    stub(console, 'error');
  });
  afterEach(() => {
    process.env = env;
    restore();
  });

  for (const [title, { handler, asks, statuses }] of Object.entries(cases))
    it(title, async () => {
      const expected = await answersOf(expressServer(handler), asks);
      deepEqual(
        expected.map(({ status }) => status),
        statuses,
      );
      deepEqual(await answersOf(ownServer(handler), asks), expected);
    });

  it('has requests whose prototypes Express would not change', async () => {
    const born: unknown[] = [];
    const server = ownServer((request, response, next) => {
      born.push(Object.getPrototypeOf(request), Object.getPrototypeOf(response));
      const { request: ofRequests, response: ofResponses } = request.app as Express;
      born.push(ofRequests, ofResponses);
      next();
    });
    await answersOf(server, ['GET /']);
    equal(born[0], born[2]);
    equal(born[1], born[3]);
  });
});
