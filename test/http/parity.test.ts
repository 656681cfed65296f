import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import session from 'express-session';
import express, { type Express, type RequestHandler } from 'express';
import { useExpressServer, type Action, type RoutingControllersOptions } from 'routing-controllers';
import supertest, { type Response, type Test } from 'supertest';
import { routingControllersErrorBody } from '#lib/http/routing-controllers-error-body.js';
import type { Class } from '#lib/plugin/tokens.js';
import {
  BodyController,
  ClubController,
  ErrorController,
  ParameterController,
  ResultController,
  SessionController,
  TextController,
  UploadController,
  UserController,
  VerbController,
} from './parity-controllers.js';
import {
  ErrorTaker,
  FirstBefore,
  FirstInterceptor,
  LateAfter,
  MarkedController,
  SecondBefore,
  SecondInterceptor,
  traces,
} from './parity-middlewares.js';
import { serve, Singletons } from './served-app.js';

const person = { name: 'Ada', age: 36 };
const form = 'application/x-www-form-urlencoded';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options';
type Case = readonly [verb: Verb, path: string, more?: (test: Test) => Test];

interface Table {
  readonly title: string;
  readonly controllers: readonly Class[];
  readonly options?: RoutingControllersOptions;
  readonly middlewares?: readonly Class[];
  readonly interceptors?: readonly Class[];
  readonly before?: () => readonly RequestHandler[];
  readonly cases: readonly Case[];
}

const send =
  (body: string | object, type = 'application/json') =>
  (test: Test): Test =>
    test.set('content-type', type).send(body);
const header =
  (name: string, value: string) =>
  (test: Test): Test =>
    test.set(name, value);

const byHeader = (action: Action): string | undefined =>
  (action.request as express.Request).get('x-user') ?? undefined;

const tables: readonly Table[] = [
  {
    title: 'parameters',
    controllers: [ParameterController],
    cases: [
      ['get', '/params/path/3/true'],
      ['get', '/params/path/3/0'],
      ['get', '/params/path/x/true'],
      ['get', '/params/path/3/maybe'],
      ['get', '/params/all/4/ada'],
      ['get', '/params/all/four/ada'],
      ['get', '/params/any/4/a%20b%2Fc'],
      ['get', '/params/query?number=1.5&flag=&text=t&list=a&numbers=1&date=2020-01-02'],
      ['get', '/params/query?number=1&number=2&list=a&list=b&numbers=1&numbers=2&flag=1'],
      ['get', '/params/query'],
      ['get', '/params/query?number='],
      ['get', '/params/query?number=one'],
      ['get', '/params/query?flag=yes'],
      ['get', '/params/query?date=never'],
      ['get', '/params/query?numbers=1&numbers=x'],
      ['get', `/params/query?json=${encodeURIComponent('{"a":[1]}')}`],
      ['get', '/params/query?json=oops'],
      ['get', `/params/query-class?person=${encodeURIComponent(JSON.stringify(person))}`],
      ['get', `/params/query-class?person=${encodeURIComponent('{"name":"A"}')}`],
      ['get', '/params/query-class'],
      ['get', '/params/required?name=x'],
      ['get', '/params/required?name='],
      ['get', '/params/required'],
      ['get', '/params/queries?page=2&all=true&since=2020-01-02'],
      ['get', '/params/queries?page=0'],
      ['get', '/params/queries?page=two'],
      ['get', '/params/queries'],
      ['get', '/params/headers', (test) => test.set('x-count', '3').set('x-need', 'it')],
      ['get', '/params/headers', header('x-count', '3')],
      ['get', '/params/all-headers', header('x-agent', 'smith')],
      ['get', '/params/cookie', header('cookie', 'visits=3; name=a%20b; name=c; broken')],
      ['get', '/params/cookie', header('cookie', 'visits=many')],
      ['get', '/params/cookie'],
      ['get', '/params/need-cookie'],
      ['get', '/params/cookies', header('cookie', 'a="1"; b = 2 ;c=%zz; =x')],
      ['get', '/params/cookies'],
      ['get', '/params/raw'],
      ['get', '/params/own', header('x-agent', 'smith')],
      ['get', '/params/own'],
      ['get', '/params/nowhere'],
    ],
  },
  {
    title: 'bodies',
    controllers: [BodyController, TextController],
    cases: [
      ['post', '/bodies/person', send(person)],
      ['post', '/bodies/person', send({ ...person, address: { city: 'Rome' } })],
      ['post', '/bodies/person', send({ name: 'A', age: -1, email: 'no', address: { city: 1 } })],
      ['post', '/bodies/person'],
      ['post', '/bodies/person', send('name=Ada&age=1', 'text/plain')],
      ['post', '/bodies/required', send({})],
      ['post', '/bodies/required'],
      ['post', '/bodies/required', send({ a: 1 })],
      ['post', '/bodies/unchecked', send({ name: 'A' })],
      ['post', '/bodies/any', send([1, { a: 2 }])],
      ['post', '/bodies/any', send('{"a":null}')],
      ['post', '/bodies/any'],
      ['post', '/bodies/list', send([1, 2, 'x'])],
      ['post', '/bodies/parts', send({ name: 'x', age: 3 })],
      ['post', '/bodies/parts', send({ name: 'x', age: '3' })],
      ['post', '/bodies/parts', send({ name: 'x', age: 'old' })],
      ['post', '/bodies/parts', send({ name: 'x' })],
      ['post', '/bodies/parts'],
      ['post', '/bodies/nested', send({ person })],
      ['post', '/bodies/nested', send({ person: {} })],
      ['post', '/bodies/small', send({ long: 'x'.repeat(200_000) })],
      ['post', '/text/echo', send('hello', 'text/plain')],
      ['post', '/text/echo', send({ a: 1 })],
    ],
  },
  {
    title: 'text results',
    controllers: [TextController],
    cases: [
      ['get', '/text/object'],
      ['get', '/text/null'],
      ['get', '/text/undefined'],
      ['get', '/text/number'],
      ['get', '/text/error'],
      ['get', '/text/own-error'],
      ['get', '/text/json'],
      ['get', '/text/page'],
      ['head', '/text/page'],
    ],
  },
  {
    title: 'results',
    controllers: [ResultController],
    cases: [
      ...[
        'null',
        'undefined',
        'on-null',
        'on-null-error',
        'on-undefined',
        'on-undefined-error',
        'text',
        'false',
        'zero',
        'empty',
        'headers',
        'vendor',
        'csv',
        'redirect',
        'redirect-to',
        'redirect-template',
        'redirect-missing',
        'buffer',
        'bytes',
        'stream',
        'class',
        'class-options',
        'plain',
        'by-hand',
        'array',
      ].map((path): Case => ['get', `/results/${path}`]),
      ['post', '/results/created'],
      ['head', '/results/text'],
      ['head', '/results/buffer'],
      ['get', '/results/TEXT/'],
    ],
  },
  {
    title: 'results without class-transformer',
    controllers: [ResultController, BodyController],
    options: { classTransformer: false, validation: false },
    cases: [
      ['get', '/results/class'],
      ['post', '/bodies/person', send({ name: 'A' })],
    ],
  },
  {
    title: 'results with class-transformer options',
    controllers: [ResultController, BodyController],
    options: {
      classToPlainTransformOptions: { groups: ['admin'] },
      plainToClassTransformOptions: { enableImplicitConversion: true },
      validation: { whitelist: true, forbidNonWhitelisted: true },
    },
    cases: [
      ['get', '/results/class'],
      ['post', '/bodies/person', send({ ...person, age: '36' })],
      ['post', '/bodies/person', send({ ...person, more: 1 })],
    ],
  },
  {
    title: 'default result codes',
    controllers: [ResultController],
    options: { defaults: { nullResultCode: 404, undefinedResultCode: 205 } },
    cases: [
      ['get', '/results/null'],
      ['get', '/results/undefined'],
      ['get', '/results/on-undefined'],
    ],
  },
  {
    title: 'errors',
    controllers: [ErrorController],
    options: { errorOverridingMap: { TypeError: { message: 'overridden', more: [1] } } },
    cases: [
      'bad',
      'bare',
      'http',
      'own',
      'internal',
      'plain',
      'properties',
      'string',
      'object',
      'rejected',
      'header',
    ].map((path): Case => ['get', `/errors/${path}`]),
  },
  {
    title: 'verbs and paths',
    controllers: [VerbController],
    cases: [
      ...(['get', 'post', 'put', 'patch', 'delete', 'head'] as const).map((verb): Case => [verb, '/verbs']),
      ...(['get', 'post', 'put', 'head', 'options'] as const).map((verb): Case => [verb, '/verbs/all']),
      ['head', '/verbs/head'],
      ['get', '/verbs/head'],
      ['options', '/verbs/options'],
      ['get', '/verbs/'],
      ['get', '/VERBS'],
      ['get', '/verbs//'],
      ['get', '/verbs/pattern/12/abc'],
      ['get', '/verbs/pattern/12/3'],
      ['get', '/verbs/first/other'],
      ['get', '/verbs/first/second'],
      ['get', '/verbs/first/'],
      ['get', '/verbs/first/%E2%82%AC'],
      ['get', `/verbs/first/${'x'.repeat(3000)}`],
      ['get', '/verbs/twice'],
      ['get', '/verbs/again'],
      ['get', '/verbs/optional'],
      ['get', '/verbs/optional/part'],
      ['get', '/verbs/optional/part/more'],
      ['get', '/verbs/rest/a/b%2Fc/d'],
      ['get', '/verbs/rest/a/'],
      ['get', '/verbs/rest'],
      ['get', '/verbs/rest/'],
      ['get', '/verbs/middle/a/b/end'],
      ['get', '/verbs/middle/a/b'],
      ['get', '/verbs/file.txt'],
      ['get', '/verbs/from-a-to-b'],
    ],
  },
  {
    title: 'route prefix',
    controllers: [VerbController],
    options: { routePrefix: '/api' },
    cases: [
      ['get', '/api/verbs'],
      ['get', '/verbs'],
    ],
  },
  {
    title: 'users',
    controllers: [UserController, ClubController],
    options: {
      currentUserChecker: byHeader,
      authorizationChecker: async (action, roles: string[]) => {
        const user = byHeader(action);
        if (user === 'error') throw new Error('no idea');
        return user !== undefined && roles.every((role) => role === user);
      },
    },
    cases: [
      ...['me', 'needed', 'authorized', 'admin'].flatMap((path): Case[] => [
        ['get', `/users/${path}`],
        ['get', `/users/${path}`, header('x-user', 'admin')],
        ['get', `/users/${path}`, header('x-user', 'error')],
      ]),
      ['get', '/club/door'],
      ['get', '/club/door', header('x-user', 'member')],
      ['get', '/club/office', header('x-user', 'member')],
    ],
  },
  {
    title: 'sessions',
    controllers: [SessionController],
    before: () => [session({ secret: 'test', resave: false, saveUninitialized: false })],
    cases: [
      ['post', '/session/visit'],
      ['get', '/session/visits'],
      ['get', '/session/needed'],
    ],
  },
  {
    title: 'uploads',
    controllers: [UploadController],
    cases: [
      ['post', '/uploads/one', (test) => test.field('note', 'n').attach('file', Buffer.from('abc'), 'a.txt')],
      ['post', '/uploads/one', send({ note: 'n' })],
      ['post', '/uploads/needed', send({})],
      [
        'post',
        '/uploads/many',
        (test) => test.attach('files', Buffer.from('a'), 'a.txt').attach('files', Buffer.from('b'), 'b.txt'),
      ],
      ['post', '/uploads/many', send({})],
      ['post', '/uploads/typed', (test) => test.attach('file', Buffer.from('abc'), 'a.txt')],
    ],
  },
  {
    title: 'middlewares and interceptors',
    controllers: [MarkedController],
    middlewares: [FirstBefore, SecondBefore, LateAfter],
    interceptors: [FirstInterceptor, SecondInterceptor],
    cases: [
      ['get', '/marked/plain'],
      ['get', '/marked/async'],
      ['get', '/marked/fails'],
      ['get', '/marked/class-throws'],
      ['get', '/marked/class-rejects'],
      ['get', '/marked/answers'],
      ['get', '/marked/intercepted-error'],
    ],
  },
  {
    title: 'errors for the app to answer',
    controllers: [MarkedController, ErrorController],
    middlewares: [ErrorTaker],
    options: { defaultErrorHandler: false },
    cases: [
      ['get', '/marked/fails'],
      ['get', '/marked/class-throws'],
      ['get', '/marked/function-throws'],
      ['get', '/errors/own'],
      ['get', '/errors/plain'],
    ],
  },
  {
    title: 'forms, which the app has read',
    controllers: [BodyController],
    before: () => [express.urlencoded({ extended: true })],
    cases: [
      ['post', '/bodies/parts', send('name=x&age=3', form)],
      ['post', '/bodies/nested', send('person[name]=Ada&person[age]=x', form)],
    ],
  },
];

function reference(table: Table): Express {
  const app = express().set('env', 'test');
  for (const handler of table.before?.() ?? []) app.use(handler);
  const controllers = [...table.controllers];
  // An empty list means all that there are.
  const nothing = [class Nothing {}];
  const { middlewares = nothing, interceptors = nothing } = table;
  const classes = { controllers, middlewares: [...middlewares], interceptors: [...interceptors] };
  useExpressServer(app, { development: false, ...table.options, ...classes });
  return app;
}

function own(table: Table): Express {
  const { routePrefix: prefix = '', ...options } = table.options ?? {};
  const instances = new Singletons();
  const provided = (classes: readonly Class[] = []) => classes.map((type) => ({ type, from: instances }));
  return serve(table.controllers, {
    prefix,
    instances,
    middlewares: provided(table.middlewares),
    interceptors: provided(table.interceptors),
    options: { development: false, ...options },
    before: table.before?.() ?? [],
    errorBody: routingControllersErrorBody,
  }).app;
}

async function answer(app: Express, [verb, path, more]: Case): Promise<object> {
  const test = supertest(app)
    [verb](path)
    .redirects(0)
    .ok(() => true);
  traces.length = 0;
  const response: Response = await (more ? more(test) : test);
  // What runs after the answer may do so when the client has it.
  await setImmediate();
  const { status, headers, text, body } = response;
  const compared = [
    'content-type',
    'content-length',
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
  for (const table of tables) {
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
