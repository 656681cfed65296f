import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { once } from 'node:events';
import http, { IncomingMessage, ServerResponse, type Server } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import express, { Router, type Application, type Express } from 'express';
import { createHost, createServer } from 'plugboard';
import { ask, portOf } from './both-servers.ts';

const opened: Server[] = [];

/** A server that is closed after the test. */
function opening<Opened extends Server>(server: Opened): Opened {
  opened.push(server);
  return server;
}

async function bodyOf(server: Server, path = '/'): Promise<string> {
  return (await ask(await portOf(server), `GET ${path}`)).body;
}

/** Notes the prototypes that a server's requests and responses are born with. */
function birthsOn(server: Server): WeakMap<object, unknown> {
  const births = new WeakMap<object, unknown>();
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    births.set(request, Object.getPrototypeOf(request)).set(response, Object.getPrototypeOf(response));
  });
  return births;
}

/** Tells of each request whether it and its response still have these prototypes. */
function tellsWhetherUnchanged(app: Express, births: () => WeakMap<object, unknown>): void {
  app.use((request, response) => {
    response.json([request, response].map((one) => births().get(one) === Object.getPrototypeOf(one)));
  });
}

/** An app that names itself, also by what its own `app.request` and `app.response` have. */
function named(name: string): Express {
  const app = express().set('name', name);
  Object.assign(app.request, { own: name });
  Object.assign(app.response, { own: name });
  app.use((request, response) => {
    const own = [request, response].map((one) => (one as unknown as { own: string }).own);
    response.json([request.app.get('name'), response.app.get('name'), ...own]);
  });
  return app;
}

describe('createServer', () => {
  afterEach(() => {
    for (const server of opened.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('serves with requests and responses whose prototypes Express has nothing to change of', async () => {
    const app = express();
    tellsWhetherUnchanged(app, () => births);
    const server = opening(createServer(app));
    const births = birthsOn(server);
    equal(await bodyOf(server), '[true,true]');
  });

  it('does what http.createServer does not: this test can tell', async () => {
    const app = express();
    tellsWhetherUnchanged(app, () => births);
    const server = opening(http.createServer(app));
    const births = birthsOn(server);
    equal(await bodyOf(server), '[false,false]');
  });

  it('is right in a sub-app, where Express sets other prototypes', async () => {
    const app = express();
    const sub = named('sub');
    app.use('/sub', sub);
    tellsWhetherUnchanged(app, () => births);
    const server = opening(createServer(app));
    const births = birthsOn(server);
    equal(await bodyOf(server, '/sub'), '["sub","sub","sub","sub"]');
    equal(await bodyOf(server), '[true,true]');
  });

  it('takes for an app the same classes again, so that all of its servers gain', async () => {
    const app = express();
    const servers = [opening(createServer(app)), opening(createServer(app))];
    const { request, response } = app;
    const births = servers.map(birthsOn);
    opening(createServer(app));
    ok(app.request === request && app.response === response);
    let current = births[0]!;
    tellsWhetherUnchanged(app, () => current);
    for (const [index, server] of servers.entries()) {
      current = births[index]!;
      equal(await bodyOf(server), '[true,true]');
    }
  });

  it('keeps several apps of one process apart, also where one hands its server to another', async () => {
    const [one, other] = [named('one'), named('other')];
    const shared = opening(createServer(one));
    const own = opening(createServer(other));
    equal(await bodyOf(shared), '["one","one","one","one"]');
    equal(await bodyOf(own), '["other","other","other","other"]');
    shared.removeListener('request', one).on('request', other);
    equal(await bodyOf(shared), '["other","other","other","other"]');
  });

  it('leaves the app to http.createServer and to other apps as it was', async () => {
    const app = named('app');
    createServer(app);
    equal(await bodyOf(opening(http.createServer(app))), '["app","app","app","app"]');
    const parent = express();
    parent.use('/child', app);
    for (const server of [http.createServer(parent), createServer(parent), createServer(app)])
      equal(await bodyOf(opening(server), '/child'), '["app","app","app","app"]');
  });

  it('serves a child that was mounted by itself, with what its parent adds', async () => {
    const [parent, child] = [express(), express()];
    parent.use('/child', child);
    const servers = [opening(createServer(child)), opening(createServer(parent))];
    Object.assign(parent.request, { added: 'by the parent' });
    child.get('/', (request, response) => {
      response.json([(request as { added?: string }).added, request.app === child]);
    });
    equal(await bodyOf(servers[0]!), '["by the parent",true]');
    equal(await bodyOf(servers[1]!, '/child'), '["by the parent",true]');
  });

  it('takes extensions of app.request and app.response that come later', async () => {
    const app = express();
    const server = opening(createServer(app));
    app.use((request, response) => {
      response.json([(request as { late?: string }).late, (response as { late?: string }).late]);
    });
    Object.assign(app.request, { late: 'request' });
    Object.assign(app.response, { late: 'response' });
    equal(await bodyOf(server), '["request","response"]');
  });

  it('follows an app whose app.request was replaced', async () => {
    const app = express();
    opening(createServer(app));
    app.request = Object.assign(Object.create(app.request) as Express['request'], { own: 'replaced' });
    const server = opening(createServer(app));
    const births = birthsOn(server);
    app.get('/own', (request, response) => void response.send((request as unknown as { own: string }).own));
    tellsWhetherUnchanged(app, () => births);
    equal(await bodyOf(server, '/own'), 'replaced');
    equal(await bodyOf(server), '[true,true]');
  });

  it('shows requests and responses as what they are', async () => {
    const app = express();
    app.use((request, response) => {
      response.json([
        request.constructor === IncomingMessage,
        response.constructor === ServerResponse,
        request instanceof IncomingMessage,
        response instanceof ServerResponse,
        ...[request, response].map((one) => inspect(one, { depth: -1 })),
      ]);
    });
    const expected = [true, true, true, true, '[IncomingMessage]', '[ServerResponse]'];
    for (const server of [http.createServer(app), createServer(app)])
      deepEqual(JSON.parse(await bodyOf(opening(server))), expected);
  });

  it('has limits for slow clients, and takes all options of Node', () => {
    const usual = createServer(express());
    deepEqual([usual.headersTimeout, usual.requestTimeout], [15_000, 30_000]);
    const own = createServer(express(), { requestTimeout: 5_000, keepAliveTimeout: 7, maxHeaderSize: 9_000 });
    deepEqual([own.headersTimeout, own.requestTimeout, own.keepAliveTimeout], [5_000, 5_000, 7]);
    const slow = createServer(express(), { headersTimeout: 60_000 });
    deepEqual([slow.headersTimeout, slow.requestTimeout], [60_000, 60_000]);
    const none = createServer(express(), { headersTimeout: 0, requestTimeout: 0 });
    deepEqual([none.headersTimeout, none.requestTimeout], [0, 0]);
  });

  it('makes an https server where it gets options for one', async () => {
    // A key that both know takes the place of a certificate.
    const psk = Buffer.from('0123456789abcdef');
    const tls = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
    const app = express();
    app.use((request, response) => void response.json([request.secure, request.protocol]));
    const server = createServer(app, { requestTimeout: 40_000, https: { ...tls, pskCallback: () => psk } });
    opening(server as unknown as Server);
    ok(server instanceof https.Server);
    deepEqual([server.headersTimeout, server.requestTimeout], [15_000, 40_000]);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const options = {
      ...tls,
      pskCallback: () => ({ psk, identity: 'me' }),
      checkServerIdentity: () => undefined,
    };
    const request = https.get({ host: '127.0.0.1', port, agent: false, ...options } as RequestOptions);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    equal(await text(response), '[true,"https"]');
  });

  for (const [what, given] of [
    ['a function or a router', () => undefined],
    ['a function or a router', Router()],
    ['a host', createHost({ plugins: [] })],
    ['undefined', undefined],
    ['an object', {}],
  ] as const)
    it(`refuses what is no app: ${what}, ${inspect(given, { depth: -1 })}`, () => {
      throws(
        () => createServer(given as unknown as Application),
        (error: TypeError & { code: string; fix: string }) => {
          ok(error instanceof TypeError);
          equal(error.code, 'EXPRESS_APP_EXPECTED');
          match(error.message, new RegExp(`^createServer\\(\\) needs an Express app, but got ${what}\\.`));
          match(error.fix, /createServer\(express\(\)\.use\(host\.handler\)\)/);
          return true;
        },
      );
    });
});
