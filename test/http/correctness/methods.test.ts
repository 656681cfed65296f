import { deepEqual, equal, match } from 'node:assert/strict';
import { Readable } from 'node:stream';
import {
  All,
  Controller,
  Delete,
  Get,
  Header,
  Head,
  HttpCode,
  JsonController,
  OnNull,
  OnUndefined,
  Method,
  Post,
  Put,
  Redirect,
} from 'routing-controllers';
import { Plugin } from 'plugboard';
import { sameAnswers } from './same-answers.ts';
import { inEachWay } from './ways.ts';
import { bytesOf, exchange, Wire } from './wire.ts';

@JsonController('/methods')
class JsonMethods {
  @Get('/json') json() {
    return { text: 'é' };
  }
  @Get('/bytes') @Header('Content-Type', 'application/x-own') bytes() {
    return Buffer.from([0, 1, 255]);
  }
  @Get('/stream') @Header('Content-Type', 'application/x-own') stream() {
    return Readable.from(['a', 'b']);
  }
  @Get('/nothing') nothing() {}
  @Get('/null') none() {
    return null;
  }
  @Get('/undefined') @OnUndefined(204) empty() {}
  @Get('/reset') @HttpCode(205) reset() {
    return { ignored: true };
  }
  @Get('/204') @HttpCode(204) noContent() {
    return { ignored: true };
  }
  @Get('/304') @HttpCode(304) notModified() {
    return { ignored: true };
  }
  @Get('/204/bytes') @HttpCode(204) noBytes() {
    return Buffer.from('ignored');
  }
  @Get('/304/bytes') @HttpCode(304) sameBytes() {
    return Buffer.from('ignored');
  }
  @Get('/204/stream') @HttpCode(204) noStream() {
    return Readable.from(['ignored']);
  }
  @Get('/teapot') @OnNull(418) teapot() {
    return null;
  }
  @Get('/moved') @Redirect('/elsewhere') moved() {}
  @Get('/fails') fails() {
    throw new Error('fails');
  }
  @Post('/json') post() {
    return { posted: true };
  }
  @Delete('/json') remove() {
    return { removed: true };
  }
  @Head('/own') own() {
    return null;
  }
  @Get('/own') ownGet() {
    return { got: true };
  }
  @Method('options', '/options') options() {
    return { own: true };
  }
  @Get('/options') optionsGet() {
    return {};
  }
  @Put('/put/:id') put() {
    return {};
  }
  @All('/all') all() {
    return { all: true };
  }
}

@Controller('/methods')
class TextMethods {
  @Get('/text') text() {
    return 'é';
  }
}

@Plugin({ name: 'methods', controllers: [JsonMethods, TextMethods] })
class MethodsPlugin {}

const options = () => ({ plugins: [MethodsPlugin] });

describe('HEAD', () => {
  inEachWay(options, (served) => {
    for (const path of [
      'json',
      'text',
      'bytes',
      'null',
      'undefined',
      'moved',
      'nothing',
      'teapot',
      '204',
      '304',
    ]) {
      it(`has the status and the headers of GET, and no body: ${path}`, async () => {
        const request = { path: `/methods/${path}`, headers: ['Connection: close'] };
        const got = await exchange(served(), request);
        const wire = await Wire.to(served());
        wire.send(bytesOf({ method: 'HEAD', ...request }, served().prefix));
        const { status, headers } = await wire.answer({ toHead: true });
        equal(await wire.rest(), '');
        equal(status, got.status);
        deepEqual({ ...headers, date: '' }, { ...got.headers, date: '' });
        wire.close();
      });
    }

    it('of a stream has its headers, at once', async () => {
      const { status, headers, body } = await exchange(served(), { method: 'HEAD', path: '/methods/stream' });
      deepEqual(
        { status, body, type: headers['content-type'] },
        { status: 200, body: '', type: 'application/x-own' },
      );
    });

    it('of an action that fails has the status of the failure', async () => {
      const { status, headers } = await exchange(served(), { method: 'HEAD', path: '/methods/fails' });
      equal(status, 500);
      match(headers['content-length'] ?? '', /^\d+$/);
    });

    it('leaves the connection in order', async () => {
      const wire = await Wire.to(served());
      for (const path of ['json', 'bytes', 'stream', 'nothing', 'json']) {
        wire.send(bytesOf({ method: 'HEAD', path: `/methods/${path}` }, served().prefix));
        await wire.answer({ toHead: true });
      }
      wire.send(bytesOf({ path: '/methods/text' }, served().prefix));
      equal((await wire.answer()).body, 'é');
      wire.close();
    });
  });
});

describe('a method', () => {
  const json = (body: unknown) => ({ status: 200, json: body });
  sameAnswers(options, [
    { title: 'HEAD may have an action of its own', method: 'HEAD', path: '/methods/own', status: 204 },
    { title: 'HEAD of nobody is 404', method: 'HEAD', path: '/methods/none', status: 404 },
    { title: 'HEAD of a POST only is 404', method: 'HEAD', path: '/methods/put/1', status: 404 },
    {
      title: 'OPTIONS is answered with the verbs of a path',
      method: 'OPTIONS',
      path: '/methods/json',
      status: 200,
      expect: { allow: 'DELETE, GET, HEAD, POST', 'content-length': '23' },
      text: 'DELETE, GET, HEAD, POST',
    },
    {
      title: 'OPTIONS is answered with the verbs of a path with parameters',
      method: 'OPTIONS',
      path: '/methods/put/7?x=1',
      status: 200,
      expect: { allow: 'PUT' },
    },
    {
      title: 'OPTIONS may have an action',
      method: 'OPTIONS',
      path: '/methods/options',
      ...json({ own: true }),
    },
    { title: 'OPTIONS of nobody is 404', method: 'OPTIONS', path: '/methods/none', status: 404 },
    { title: 'OPTIONS of a bad URL is 404', method: 'OPTIONS', path: '/methods/put/%zz', status: 404 },
    { title: 'PATCH where there is none is 404', method: 'PATCH', path: '/methods/json', status: 404 },
    { title: 'PURGE is taken by @All', method: 'PURGE', path: '/methods/all', ...json({ all: true }) },
    { title: 'an unknown one is no HTTP', method: 'BREW', path: '/methods/all', status: 400 },
    { title: 'in lower case is no HTTP', method: 'get', path: '/methods/json', status: 400 },
    { title: 'TRACE does not echo', method: 'TRACE', path: '/methods/json', status: 404 },
  ]);
});

describe('a method that a path does not have, where the host says so', () => {
  const refused = (allow: string, method: string) => ({
    status: 405,
    expect: { allow, 'content-type': 'application/json; charset=utf-8' },
    json: { name: 'MethodNotAllowedError', message: `${method} is not allowed here: ${allow} are` },
  });
  sameAnswers(
    () => ({ ...options(), methodNotAllowed: true }),
    [
      {
        title: 'is 405',
        method: 'PATCH',
        path: '/methods/json',
        ...refused('DELETE, GET, HEAD, POST', 'PATCH'),
      },
      { title: 'is 405 with parameters', path: '/methods/put/7?x=1', ...refused('PUT', 'GET') },
      {
        title: 'is 405 for HEAD, without a body',
        method: 'HEAD',
        path: '/methods/put/7',
        status: 405,
        text: '',
        expect: { allow: 'PUT' },
      },
      {
        title: 'is 405 though a body comes with it',
        method: 'POST',
        path: '/methods/text',
        body: 'x'.repeat(200_000),
        ...refused('GET, HEAD', 'POST'),
      },
      { title: 'is 404 where the path is nobody’s', method: 'PATCH', path: '/methods/none', status: 404 },
      { title: 'is 200 where it has one', method: 'DELETE', path: '/methods/json', status: 200 },
      {
        title: 'is 200 for OPTIONS',
        method: 'OPTIONS',
        path: '/methods/json',
        status: 200,
        expect: { allow: 'DELETE, GET, HEAD, POST' },
      },
    ],
  );
});

describe('a status without a body', () => {
  const empty = { 'content-length': undefined, 'content-type': undefined, 'transfer-encoding': undefined };
  sameAnswers(options, [
    { title: '204 for null', path: '/methods/null', status: 204, text: '', expect: empty },
    { title: '204 for undefined', path: '/methods/undefined', status: 204, text: '', expect: empty },
    { title: '204 drops what is returned', path: '/methods/204', status: 204, text: '', expect: empty },
    { title: '304 drops what is returned', path: '/methods/304', status: 304, text: '', expect: empty },
    { title: '204 drops bytes', path: '/methods/204/bytes', status: 204, text: '', expect: empty },
    { title: '304 drops bytes', path: '/methods/304/bytes', status: 304, text: '' },
    { title: '204 drops a stream', path: '/methods/204/stream', status: 204, text: '', expect: empty },
    {
      title: '205 has no body either',
      path: '/methods/reset',
      status: 205,
      text: '',
      expect: { 'content-length': '0' },
    },
  ]);

  inEachWay(options, (served) => {
    it('leaves nothing behind on the connection', async () => {
      const wire = await Wire.to(served());
      for (const path of ['204', '304', '204/bytes', '304/bytes', '204/stream', 'null', 'undefined', 'reset'])
        wire.send(bytesOf({ path: `/methods/${path}` }, served().prefix));
      wire.send(bytesOf({ path: '/methods/text' }, served().prefix));
      const statuses: number[] = [];
      for (let count = 0; count < 9; count++) statuses.push((await wire.answer()).status);
      deepEqual(statuses, [204, 304, 204, 304, 204, 204, 204, 205, 200]);
      wire.close();
    });
  });
});
