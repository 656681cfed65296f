import { deepEqual } from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import http, { type Server } from 'node:http';
import compression from 'compression';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import express, { type Express } from 'express';
import session from 'express-session';
import helmet from 'helmet';
import multer from 'multer';
import passport, { Strategy } from 'passport';
import { createServer } from 'plugboard';
import { WebSocket, WebSocketServer } from 'ws';
import { behavesTheSame, portOf, type Behaviour } from './both-servers.ts';

/** The session that `genid` gives, signed by the secret of `sessions()`. */
const signature = createHmac('sha256', 'secret').update('general').digest('base64').replace(/=+$/, '');
const cookie = `connect.sid=${encodeURIComponent(`s:general.${signature}`)}`;

function sessions(): express.RequestHandler {
  return session({ secret: 'secret', resave: false, saveUninitialized: true, genid: () => 'general' });
}

/** Lets in whoever gives a name. */
class ByName extends Strategy {
  override readonly name = 'by-name';

  override authenticate({ query }: express.Request): void {
    if (typeof query['name'] === 'string') this.success({ name: query['name'] });
    else this.fail('Name', 401);
  }
}

function multipart(name: string, content: string): { headers: http.OutgoingHttpHeaders; body: string } {
  const lines = [
    '--edge',
    `Content-Disposition: form-data; name="${name}"; filename="a.txt"`,
    'Content-Type: text/plain',
    '',
    content,
    '--edge--',
    '',
  ];
  return {
    headers: { 'Content-Type': 'multipart/form-data; boundary=edge' },
    body: lines.join('\r\n'),
  };
}

const behaviours: Readonly<Record<string, Behaviour>> = {
  'helmet and cors': {
    app: (app) => {
      app.use(helmet(), cors({ origin: 'http://there' }));
      app.get('/', (_request, response) => void response.send('safe'));
    },
    asks: [
      ['GET /', 200],
      [{ to: 'OPTIONS /', headers: { Origin: 'http://there', 'Access-Control-Request-Method': 'PUT' } }, 204],
    ],
  },
  'compression, of what is sent at once and of what is flushed': {
    app: (app) => {
      app.use(compression({ threshold: 0 }));
      app.get('/', (_request, response) => void response.json('a'.repeat(5000)));
      app.get('/stream', (_request, response) => {
        response.type('text').write('a'.repeat(100));
        response.flush();
        response.end('b');
      });
    },
    asks: [
      [{ to: 'GET /', headers: { 'Accept-Encoding': 'gzip' } }, 200],
      [{ to: 'GET /', headers: { 'Accept-Encoding': 'br' } }, 200],
      [{ to: 'GET /', headers: { 'Accept-Encoding': 'identity' } }, 200],
      [{ to: 'GET /stream', headers: { 'Accept-Encoding': 'gzip' } }, 200],
    ],
  },
  'cookie-parser': {
    app: (app) => {
      app.use(cookieParser('secret'));
      app.get('/set', (_request, response) => void response.cookie('who', 'ada', { signed: true }).send(''));
      app.get('/', (request, response) => {
        response.json([request.cookies as unknown, request.signedCookies as unknown]);
      });
    },
    asks: [
      ['GET /set', 200],
      [{ to: 'GET /', headers: { Cookie: 'a=b; c=s%3Aforged.x' } }, 200],
    ],
  },
  'express-session': {
    app: (app) => {
      app.use(sessions());
      app.get('/', (request, response) => {
        const kept = request.session as { visits?: number };
        kept.visits = (kept.visits ?? 0) + 1;
        response.json([kept.visits, request.sessionID]);
      });
      app.get('/end', (request, response, next) => {
        request.session.destroy((error) => (error ? next(error) : response.send('ended')));
      });
    },
    asks: [
      ['GET /', 200],
      [{ to: 'GET /', headers: { Cookie: cookie } }, 200],
      [{ to: 'GET /end', headers: { Cookie: cookie } }, 200],
      [{ to: 'GET /', headers: { Cookie: cookie } }, 200],
    ],
  },
  'passport, with a session': {
    app: (app) => {
      const authenticator = new passport.Passport();
      authenticator.use(new ByName());
      authenticator.serializeUser((user, done) => done(null, user));
      authenticator.deserializeUser((user: object, done) => done(null, user));
      app.use(sessions(), authenticator.initialize(), authenticator.session());
      const who: express.RequestHandler = (request, response) => {
        response.json([request.user, request.isAuthenticated(), request.isUnauthenticated()]);
      };
      app.get('/login', authenticator.authenticate('by-name'), who);
      app.get('/', who);
      app.get('/logout', (request, response, next) => {
        request.logout((error) => (error ? next(error) : who(request, response, next)));
      });
    },
    asks: [
      ['GET /login', 401],
      ['GET /login?name=ada', 200],
      [{ to: 'GET /', headers: { Cookie: cookie } }, 200],
      [{ to: 'GET /logout', headers: { Cookie: cookie } }, 200],
      ['GET /', 200],
    ],
  },
  multer: {
    app: (app) => {
      const upload = multer({ limits: { fileSize: 100 } });
      app.post('/', upload.single('file'), (request, response) => {
        response.json([request.file?.originalname, request.file?.buffer.toString()]);
      });
    },
    asks: [
      [{ to: 'POST /', ...multipart('file', 'its text') }, 200],
      [{ to: 'POST /', ...multipart('other', 'its text') }, 500],
      [{ to: 'POST /', ...multipart('file', 'x'.repeat(200)) }, 500],
    ],
  },
};

describe('libraries for Express do on createServer(app) what they do on http.createServer(app):', () => {
  for (const [name, behaviour] of Object.entries(behaviours)) it(name, async () => behavesTheSame(behaviour));

  const servers: Readonly<Record<string, (app: Express) => Server>> = {
    'http.createServer(app)': (app) => http.createServer(app),
    'createServer(app)': (app) => createServer(app),
  };
  for (const [name, serve] of Object.entries(servers))
    it(`ws, by upgrade of ${name}, which goes on serving the app`, async () => {
      const app = express();
      app.get('/', (_request, response) => void response.send('the app'));
      const server = serve(app);
      const port = await portOf(server);
      const sockets = new WebSocketServer({ server, path: '/echo' });
      sockets.on('connection', (socket, request) => {
        socket.on('message', (data: Buffer) => socket.send(`${request.url}: ${data.toString()}`));
      });
      const client = new WebSocket(`ws://127.0.0.1:${port}/echo?x=1`);
      await once(client, 'open');
      client.send('hello');
      const [data] = (await once(client, 'message')) as [Buffer];
      const response = await fetch(`http://127.0.0.1:${port}/`);
      deepEqual([data.toString(), await response.text()], ['/echo?x=1: hello', 'the app']);
      client.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
    });
});
