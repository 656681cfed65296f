import { fileURLToPath } from 'node:url';
import express, { Router, type ErrorRequestHandler, type Express, type Request } from 'express';
import { behavesTheSame, type Behaviour } from './both-servers.ts';

const file = fileURLToPath(new URL('../../LICENSE', import.meta.url));
const folder = fileURLToPath(new URL('../../docs/', import.meta.url));

interface Extended {
  readonly shout: () => string;
}

/** What each part of Express knows of a request. */
function seen(request: Request): object {
  const { url, originalUrl, baseUrl, path, params, query, protocol, secure, ip, ips } = request;
  const { hostname, subdomains, xhr, fresh, stale } = request;
  return {
    url,
    originalUrl,
    baseUrl,
    path,
    params,
    query,
    protocol,
    secure,
    ip,
    ips,
    hostname,
    subdomains,
    xhr,
    fresh,
    stale,
    linked: request.res?.req === request,
    accepts: [request.accepts(['json', 'html']), request.acceptsEncodings(), request.acceptsLanguages()],
    is: request.is('json'),
    range: request.range(100),
    keys: Object.keys(request).filter((key) => !key.startsWith('_')),
  };
}

function see(app: Express): void {
  app.use((request, response) => void response.json(seen(request)));
}

const fail: ErrorRequestHandler = (error: Error & { status?: number }, _request, response, _next) => {
  response.status(error.status ?? 500).json({ failed: error.message });
};

const behaviours: Readonly<Record<string, Behaviour>> = {
  'all that is known of a request': {
    app: see,
    asks: [
      ['GET /a/b?c=d&c=e&f[g]=h', 200],
      [{ to: 'POST /', headers: { 'Content-Type': 'application/json' }, body: '{}' }, 200],
      [
        {
          to: 'GET /',
          headers: {
            Accept: 'text/html',
            'Accept-Language': 'de',
            'X-Requested-With': 'XMLHttpRequest',
            Range: 'bytes=0-9',
            Host: 'a.b.example.com:80',
            Referer: 'http://here/',
          },
        },
        200,
      ],
    ],
  },
  'trust proxy': {
    app: (app) => {
      app.set('trust proxy', ['loopback', '10.0.0.0/8']);
      see(app);
    },
    asks: [
      [
        {
          to: 'GET /',
          headers: {
            'X-Forwarded-For': '1.2.3.4, 10.0.0.7',
            'X-Forwarded-Proto': 'https',
            'X-Forwarded-Host': 'shop.example.com',
          },
        },
        200,
      ],
    ],
  },
  'each query parser': {
    app: (app) => {
      for (const parser of ['simple', 'extended', false, (text: string) => ({ text })]) {
        const name = typeof parser === 'function' ? 'own' : String(parser);
        app.get(`/${name}`, (request, response) => {
          app.set('query parser', parser);
          response.json({ ...request.query });
        });
      }
    },
    asks: ['simple', 'extended', 'false', 'own'].map((name) => [`GET /${name}?a[b]=c&d=1&d=2`, 200]),
  },
  'extensions of app.request and app.response': {
    app: (app) => {
      Object.assign(app.request, { shout: (): string => 'before' });
      Object.defineProperty(app.response, 'mood', { get: () => 'good', configurable: true });
      app.get('/', (request, response) => {
        response.json([(request as unknown as Extended).shout(), (response as { mood?: unknown }).mood]);
      });
      app.get('/own', (request, response) => {
        const { app: appOfRequest, constructor } = request;
        response.json([
          appOfRequest === app,
          response.app === app,
          constructor.name,
          response.constructor.name,
        ]);
      });
    },
    asks: [
      ['GET /', 200],
      ['GET /own', 200],
    ],
  },
  'every way to send something': {
    app: (app) => {
      app.get('/text', (_request, response) => void response.send('text'));
      app.get('/buffer', (_request, response) => void response.type('png').send(Buffer.from([1, 2])));
      app.get('/object', (_request, response) => void response.send({ a: 1 }));
      app.get('/null', (_request, response) => void response.send(null));
      app.get('/json', (_request, response) => void response.status(201).json([{ b: '<>' }]));
      app.get('/jsonp', (_request, response) => void response.jsonp({ b: 1 }));
      app.get('/status', (_request, response) => void response.sendStatus(418));
      app.get('/end', (_request, response) => void response.end('ended'));
      app.get('/none', (_request, response) => void response.status(204).send('dropped'));
      app.get('/stream', (_request, response) => {
        response.write('one ');
        setImmediate(() => response.end('two'));
      });
    },
    asks: [
      ...['text', 'buffer', 'object', 'null', 'end', 'stream', 'jsonp?callback=go'].map(
        (path): [string, number] => [`GET /${path}`, 200],
      ),
      ['GET /json', 201],
      ['GET /status', 418],
      ['GET /none', 204],
      ['HEAD /text', 200],
      ['HEAD /object', 200],
    ],
  },
  'settings of JSON': {
    app: (app) => {
      app.set('json spaces', 2).set('json escape', true).disable('x-powered-by');
      app.set('json replacer', (key: string, value: unknown) => (key === 'secret' ? undefined : value));
      app.get('/', (_request, response) => void response.json({ secret: 1, html: '<&>' }));
    },
    asks: [['GET /', 200]],
  },
  'an ETag, weak, strong, own or none': {
    app: (app) => {
      for (const kind of ['weak', 'strong', false, (): string => '"mine"']) {
        const path = typeof kind === 'function' ? 'own' : String(kind);
        app.get(`/${path}`, (_request, response) => {
          app.set('etag', kind);
          response.send('the same');
        });
      }
    },
    asks: [
      ['GET /weak', 200],
      ['GET /strong', 200],
      ['GET /false', 200],
      ['GET /own', 200],
      [{ to: 'GET /own', headers: { 'If-None-Match': '"mine"' } }, 304],
      [{ to: 'GET /weak', headers: { 'If-None-Match': '*' } }, 304],
    ],
  },
  'headers, cookies, redirects, links': {
    app: (app) => {
      app.get('/cookies', (_request, response) => {
        response.cookie('a', { b: 1 }, { httpOnly: true, path: '/x' }).clearCookie('c').send('');
      });
      app.get('/headers', (_request, response) => {
        response.set({ 'X-One': '1' }).append('X-Two', ['2', '3']).vary('Accept').location('/elsewhere');
        response.links({ next: '/2' }).attachment('ü.pdf').type('html').send('');
      });
      app.get('/redirect', (_request, response) => response.redirect('/a path'));
      app.get('/moved', (_request, response) => response.redirect(301, 'http://example.com/'));
      app.get('/format', (_request, response) => {
        response.format({
          text: () => void response.send('text'),
          json: () => void response.send({ json: true }),
        });
      });
    },
    asks: [
      ['GET /cookies', 200],
      ['GET /headers', 200],
      ['GET /redirect', 302],
      [{ to: 'GET /redirect', headers: { Accept: 'text/html' } }, 302],
      ['GET /moved', 301],
      [{ to: 'GET /format', headers: { Accept: 'application/json' } }, 200],
      [{ to: 'GET /format', headers: { Accept: 'image/png' } }, 406],
    ],
  },
  'files, their ranges, and those that are missing': {
    app: (app) => {
      app.get('/file', (_request, response) => response.sendFile(file));
      app.get('/missing', (_request, response) => response.sendFile(`${file}.none`));
      app.get('/download', (_request, response) => response.download(file, 'licence.txt'));
      app.use('/docs', express.static(folder));
    },
    asks: [
      ['GET /file', 200],
      [{ to: 'GET /file', headers: { Range: 'bytes=10-19' } }, 206],
      [{ to: 'GET /file', headers: { Range: 'bytes=900000-' } }, 416],
      ['HEAD /file', 200],
      ['GET /missing', 404],
      ['GET /download', 200],
      ['GET /docs/README.md', 200],
      ['GET /docs/none.md', 404],
      ['GET /docs', 301],
    ],
  },
  'pages, and their failures': {
    app: (app) => {
      app.engine('txt', (_path, values, done) => {
        const { message, ofResponse } = values as { message?: string; ofResponse?: string };
        if (message === undefined) done(new Error('nothing to show'));
        else done(null, `${message} ${ofResponse}`);
      });
      app.set(
        'views',
        fileURLToPath(new URL('../docs/snippets/html/plugins/gallery/views', import.meta.url)),
      );
      app.use((_request, response, next) => {
        response.locals['ofResponse'] = 'locals';
        next();
      });
      app.get('/page', (_request, response) => response.render('label.txt', { message: 'hello' }));
      app.get('/fails', (_request, response) => response.render('label.txt'));
      app.get('/none', (_request, response) => response.render('none.txt'));
      app.use(fail);
    },
    asks: [
      ['GET /page', 200],
      ['GET /fails', 500],
      ['GET /none', 500],
    ],
  },
  'bodies, and those that can not be read': {
    app: (app) => {
      app.use(express.json(), express.urlencoded({ extended: true }), express.text(), express.raw());
      app.post('/', (request, response) => void response.json({ body: request.body as unknown }));
      app.use(fail);
    },
    asks: [
      [{ to: 'POST /', headers: { 'Content-Type': 'application/json' }, body: '{"a":[1]}' }, 200],
      [{ to: 'POST /', headers: { 'Content-Type': 'application/json' }, body: '{"a":' }, 400],
      [
        {
          to: 'POST /',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: 'a[b]=1&c=2',
        },
        200,
      ],
      [{ to: 'POST /', headers: { 'Content-Type': 'text/plain' }, body: 'text' }, 200],
      [{ to: 'POST /', headers: { 'Content-Type': 'application/octet-stream' }, body: 'raw' }, 200],
      [{ to: 'POST /', headers: { 'Content-Type': 'application/json' }, body: 'x'.repeat(200_000) }, 413],
    ],
  },
  routing: {
    app: (app) => {
      const inner = Router({ mergeParams: true });
      inner.param('item', (request, _response, next, item: string) => {
        Object.assign(request, { item });
        next();
      });
      inner.get('/:item', (request, response) => void response.json([seen(request), request.route.path]));
      app.use('/shops/:shop', inner);
      app.all('/all{/:rest}', (request, response) => void response.json([request.method, request.params]));
      app
        .route('/verbs')
        .get(see)
        .put((_request, response) => void response.send('put'));
      app.get('/skips', (_request, _response, next) => next('route'));
      app.get('/skips', (_request, response) => void response.send('the other'));
    },
    asks: [
      ['GET /shops/7/items?x', 200],
      ['PATCH /all/of', 200],
      ['PUT /verbs', 200],
      ['OPTIONS /verbs', 200],
      ['GET /skips', 200],
      ['GET /all/%E0%A4%A', 400],
      ['DELETE /verbs', 404],
      ['GET /none', 404],
    ],
  },
  failures: {
    app: (app) => {
      app.get('/thrown', () => {
        throw Object.assign(new Error('thrown'), { stack: 'the stack', headers: { 'X-Why': 'thrown' } });
      });
      app.get('/rejected', async () => Promise.reject(Object.assign(new Error('late'), { status: 409 })));
      app.get('/passed', (_request, _response, next) => next(Object.assign(new Error('p'), { status: 410 })));
      app.use(fail);
      app.use('/plain', (_request, _response, next) => {
        next(Object.assign(new Error('p'), { status: 411, stack: 'the stack' }));
      });
    },
    asks: [
      ['GET /thrown', 500],
      ['GET /rejected', 409],
      ['GET /passed', 410],
      ['GET /plain', 411],
    ],
  },
  'apps in apps': {
    app: (app) => {
      const early = express();
      const late = express();
      const within = express();
      app.use('/early', early);
      Object.assign(app.request, { shout: (): string => 'of the parent' });
      Object.assign(late.request, { shout: (): string => 'of the child' });
      for (const [name, sub] of Object.entries({ early, late, within })) {
        sub.set('own', name);
        sub.get('/', (request, response) => {
          const { shout } = request as unknown as Extended;
          response.json([shout(), request.app.get('own'), response.app === sub, seen(request)]);
        });
        sub.get('/on', (_request, _response, next) => next());
        sub.get('/fails', () => {
          throw Object.assign(new Error('in the sub-app'), { status: 409 });
        });
      }
      late.use('/within', within);
      app.use('/late', late);
      app.use((request, response) => {
        const { shout } = request as unknown as Extended;
        response.json(['the parent again', shout(), request.app === app, response.app === app]);
      });
      app.use(fail);
    },
    asks: [
      ['GET /early', 200],
      ['GET /early/on', 200],
      ['GET /early/fails', 409],
      ['GET /late', 200],
      ['GET /late/on', 200],
      ['GET /late/within', 200],
      ['GET /late/within/on', 200],
      ['GET /none', 200],
    ],
  },
};

describe('an Express app on createServer(app) answers as on http.createServer(app):', () => {
  for (const [name, behaviour] of Object.entries(behaviours)) it(name, async () => behavesTheSame(behaviour));
});
