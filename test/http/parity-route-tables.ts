import session from 'express-session';
import express from 'express';
import { BodyController } from './parity-requests.ts';
import { ErrorController } from './parity-errors.ts';
import { VerbController } from './parity-routes.ts';
import { ClubController, SessionController, UploadController, UserController } from './parity-people.ts';
import {
  ErrorTaker,
  FirstBefore,
  FirstInterceptor,
  LateAfter,
  MarkedController,
  SecondBefore,
  SecondInterceptor,
} from './parity-middlewares.ts';
import { byHeader, form, header, send, type Case, type Table } from './parity-table.ts';

export const routeTables: readonly Table[] = [
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
      ['options', '/verbs'],
      ['options', '/verbs/rest/a'],
      ['options', '/nowhere'],
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
