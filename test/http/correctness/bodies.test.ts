import { deepEqual, equal } from 'node:assert/strict';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { IsInt, IsOptional, IsString } from 'class-validator';
import { Body, BodyParam, Controller, Get, JsonController, Post, UploadedFile } from 'routing-controllers';
import { Plugin } from 'plugboard';
import { sameAnswers } from './same-answers.ts';
import { inEachWay } from './ways.ts';
import { bytesOf, exchange, Wire } from './wire.ts';

class Named {
  @IsString()
  name!: string;

  @IsOptional()
  @IsInt()
  age?: number;
}

@JsonController('/bodies')
class JsonBodies {
  @Post('/any') any(@Body() body: unknown) {
    return { body };
  }
  @Post('/required') required(@Body({ required: true }) body: unknown) {
    return { body };
  }
  @Post('/named') named(@Body() body: Named) {
    return { body, isNamed: body instanceof Named, isAdmin: (body as { isAdmin?: unknown }).isAdmin ?? null };
  }
  @Post('/deep') deep(@Body({ options: { limit: '1mb' } }) body: Named) {
    return body;
  }
  @Post('/param') param(@BodyParam('name') name: string) {
    return { name };
  }
  @Post('/unread') unread() {
    return { unread: true };
  }
  @Post('/file') file(@UploadedFile('file') file?: { readonly size: number }) {
    return { size: file?.size ?? null };
  }
  @Get('/get') get(@Body() body: unknown) {
    return { body };
  }
}

@Controller('/bodies')
class TextBodies {
  @Post('/text') text(@Body() body: string) {
    return typeof body === 'string' ? `text ${body}` : `no text ${JSON.stringify(body)}`;
  }
}

@Plugin({ name: 'bodies', controllers: [JsonBodies, TextBodies] })
class BodiesPlugin {}

const options = () => ({ plugins: [BodiesPlugin], limits: { bodyBytes: 1_000 } });
const json = 'Content-Type: application/json';
const post = (path: string, body: string | Buffer, ...headers: readonly string[]) => ({
  method: 'POST',
  path: `/bodies/${path}`,
  headers,
  body,
});
const got = (body: unknown) => ({ status: 200, json: { body } });
const tooLarge = { status: 413, json: { name: 'PayloadTooLargeError', message: 'request entity too large' } };
const chunked = (...chunks: readonly string[]): string =>
  [...chunks, ''].map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`).join('');
const meaningful =
  '{"constructor":1,"then":1,"toJSON":1,"pipe":1,"length":5,"hasOwnProperty":1,"nested":{"constructor":{"name":1}}}';
const multipart = 'Content-Type: multipart/form-data; boundary=b';
const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nbytes';
const text = JSON.stringify({ name: 'ada' });
const large = JSON.stringify({ name: 'x'.repeat(2_000) });
const fits = JSON.stringify({ name: 'x'.repeat(1_000 - 11) });

describe('a body', () => {
  sameAnswers(options, [
    { title: 'of JSON', ...post('any', text, json), ...got({ name: 'ada' }) },
    {
      title: 'of JSON with a charset',
      ...post('any', text, `${json}; charset=UTF-8`),
      ...got({ name: 'ada' }),
    },
    {
      title: 'of JSON in UTF-16',
      ...post('any', Buffer.from(text, 'utf16le'), `${json}; charset=utf-16le`),
      ...got({ name: 'ada' }),
    },
    {
      title: 'in a charset that JSON can’t have is 415',
      ...post('any', text, `${json}; charset=latin1`),
      status: 415,
      json: { name: 'UnsupportedMediaTypeError', message: 'unsupported charset "LATIN1"' },
    },
    {
      title: 'of bytes that are no UTF-8 has marks in their place',
      ...post('any', Buffer.concat([Buffer.from('["'), Buffer.from([0xff]), Buffer.from('"]')]), json),
      ...got(['\uFFFD']),
    },
    {
      title: 'of another type is an empty one',
      ...post('any', text, 'Content-Type: text/plain'),
      ...got({}),
    },
    { title: 'without a type is an empty one', ...post('any', text), ...got({}) },
    {
      title: 'of another type is 400 where one is required',
      ...post('required', text, 'Content-Type: text/plain'),
      status: 400,
    },
    {
      title: 'of another type is 400 where a class is wanted',
      ...post('named', text, 'Content-Type: application/xml'),
      status: 400,
    },
    {
      title: 'of a type that can’t be read is an empty one',
      ...post('any', text, 'Content-Type: ;;'),
      ...got({}),
    },
    { title: 'that is no JSON is 400', ...post('any', '{"name":', json), status: 400, text: /"SyntaxError"/ },
    { title: 'with more behind the JSON is 400', ...post('any', '{} {}', json), status: 400 },
    { title: 'of blanks only is 400', ...post('any', '  ', json), status: 400 },
    { title: 'of null is 400', ...post('any', 'null', json), status: 400, text: /"SyntaxError"/ },
    { title: 'of a number is 400', ...post('any', '5', json), status: 400 },
    { title: 'of a string is 400', ...post('any', '"a"', json), status: 400 },
    { title: 'of true is 400', ...post('any', 'true', json), status: 400 },
    {
      title: 'with names that mean something to JavaScript',
      ...post('any', meaningful, json),
      ...got(JSON.parse(meaningful)),
    },
    { title: 'of a list', ...post('any', '[1,null]', json), ...got([1, null]) },
    { title: 'may have a byte order mark', ...post('any', '\uFEFF{}', json), ...got({}) },
    { title: 'that is empty', ...post('any', '', json, 'Content-Length: 0'), ...got({}) },
    { title: 'that is not there at all', ...post('any', '', json), ...got({}) },
    {
      title: 'that is empty and chunked',
      ...post('any', chunked(), json, 'Transfer-Encoding: chunked'),
      ...got({}),
    },
    { title: 'that is empty is 400 where one is required', ...post('required', '', json), status: 400 },
    { title: 'that is {} is 400 where one is required', ...post('required', '{}', json), status: 400 },
    {
      title: 'in chunks',
      ...post('any', chunked('{"na', 'me":"a', 'da"}'), json, 'Transfer-Encoding: chunked'),
      ...got({ name: 'ada' }),
    },
    {
      title: 'in chunks with extensions and trailers',
      ...post('any', '2;a=b\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n', json, 'Transfer-Encoding: chunked'),
      ...got({}),
    },
    {
      title: 'in chunks that are split anywhere',
      ...post('any', chunked(...'{"name":"é"}'), json, 'Transfer-Encoding: chunked'),
      ...got({ name: 'é' }),
    },
    { title: 'may come with GET', ...post('get', text, json), method: 'GET', ...got({ name: 'ada' }) },
    {
      title: 'of a form',
      ...post('any', 'name=ada&a[]=1&a[]=2', 'Content-Type: application/x-www-form-urlencoded'),
      ...got({ name: 'ada', a: ['1', '2'] }),
    },
    {
      title: 'of a form with malformed percent-encoding is taken as it is',
      ...post('any', 'name=%zz', 'Content-Type: application/x-www-form-urlencoded'),
      ...got({ name: '%zz' }),
    },
    { title: 'of text', ...post('text', 'hé', 'Content-Type: text/plain'), status: 200, text: 'text hé' },
    {
      title: 'of text in Latin 1',
      ...post('text', Buffer.from('hé', 'latin1'), 'Content-Type: text/plain; charset=iso-8859-1'),
      status: 200,
      text: 'text hé',
    },
    { title: 'of JSON for an action of text', ...post('text', '{}', json), status: 200, text: 'no text {}' },
    {
      title: 'compressed by gzip',
      ...post('any', gzipSync(text), json, 'Content-Encoding: gzip'),
      ...got({ name: 'ada' }),
    },
    {
      title: 'compressed by deflate',
      ...post('any', deflateSync(text), json, 'Content-Encoding: deflate'),
      ...got({ name: 'ada' }),
    },
    {
      title: 'compressed by brotli',
      ...post('any', brotliCompressSync(text), json, 'Content-Encoding: br'),
      ...got({ name: 'ada' }),
    },
    {
      title: 'compressed by nothing',
      ...post('any', text, json, 'Content-Encoding: identity'),
      ...got({ name: 'ada' }),
    },
    {
      title: 'compressed in a way that nobody knows is 415',
      ...post('any', text, json, 'Content-Encoding: rot13'),
      status: 415,
      json: { name: 'UnsupportedMediaTypeError', message: 'unsupported content encoding "rot13"' },
    },
    {
      title: 'that is not gzip, though it says so, is 400',
      ...post('any', text, json, 'Content-Encoding: gzip'),
      status: 400,
    },
    {
      title: 'that is gzip cut short is 400',
      ...post('any', gzipSync(text).subarray(0, -9), json, 'Content-Encoding: gzip'),
      status: 400,
    },
    {
      title: 'that becomes too large when it is inflated is 413',
      ...post('any', gzipSync(`[${'0,'.repeat(1_000_000)}0]`), json, 'Content-Encoding: gzip'),
      ...tooLarge,
    },
    { title: 'as large as may be', ...post('any', fits, json), ...got(JSON.parse(fits)) },
    { title: 'larger than may be is 413', ...post('any', large, json), ...tooLarge },
    {
      title: 'larger than may be, in chunks, is 413',
      ...post('any', chunked(large), json, 'Transfer-Encoding: chunked'),
      ...tooLarge,
    },
    {
      title: 'that is too large is nothing to those who don’t read it',
      ...post('unread', large, json),
      status: 200,
    },
    {
      title: 'does not reach the prototype of a class',
      ...post(
        'named',
        '{"name":"ada","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
        json,
      ),
      status: 200,
      json: { body: { name: 'ada' }, isNamed: true, isAdmin: null },
    },
    {
      title: 'with a property called constructor is 400 where a class is wanted',
      ...post('named', '{"name":"ada","more":[{"constructor":1}]}', json),
      status: 400,
      json: { name: 'BadRequestError', message: 'Invalid body: no property may be called "constructor".' },
    },
    {
      title: 'that is nested too deeply is 400 where a class is wanted',
      ...post('deep', `{"name":"ada","more":${'['.repeat(49_000)}${']'.repeat(49_000)}}`, json),
      status: 400,
      json: { name: 'BadRequestError', message: 'Invalid body: it is nested too deeply.' },
    },
    {
      title: 'of a form does not reach a prototype',
      ...post('named', 'name=ada&__proto__[isAdmin]=1', 'Content-Type: application/x-www-form-urlencoded'),
      status: 200,
      json: { body: { name: 'ada' }, isNamed: true, isAdmin: null },
    },
    {
      title: 'of a form with a file',
      ...post('file', `${part}\r\n--b--\r\n`, multipart),
      status: 200,
      json: { size: 5 },
    },
    {
      title: 'of a form with a file that does not end is 400',
      ...post('file', part, multipart),
      status: 400,
      json: { name: 'BadRequestError', message: 'Unexpected end of form' },
    },
    {
      title: 'of a form without a boundary is 400',
      ...post('file', part, 'Content-Type: multipart/form-data'),
      status: 400,
      json: { name: 'BadRequestError', message: 'Multipart: Boundary not found' },
    },
    {
      title: 'of a form with a part that has no sense is 400',
      ...post('file', '--b\r\n:::\r\n\r\nx\r\n--b--\r\n', multipart),
      status: 400,
      json: { name: 'BadRequestError', message: 'Malformed part header' },
    },
    {
      title: 'of a form with a field that nobody wants is 400',
      ...post('file', `${part.replace('"file"', '"other"')}\r\n--b--\r\n`, multipart),
      status: 400,
      json: { name: 'MulterError', message: 'Unexpected file field' },
    },
    {
      title: 'with something else than a string is 400 where a string is wanted',
      ...post('param', '{"name":{"toString":1}}', json),
      status: 400,
    },
  ]);

  it('has not reached any prototype', () => {
    equal(({} as { isAdmin?: unknown }).isAdmin, undefined);
  });

  inEachWay(options, (served) => {
    it('that is declared too large is refused before it is sent, and nothing of it is waited for', async () => {
      const wire = await Wire.to(served());
      const head = post('any', '', json, 'Content-Length: 1000000');
      equal((await wire.send(bytesOf(head, served().prefix)).answer()).status, 413);
      wire.close();
    });

    it('is invited by 100 where the client waits for that', async () => {
      const wire = await Wire.to(served());
      const head = post('any', '', json, `Content-Length: ${text.length}`, 'Expect: 100-continue');
      equal((await wire.send(bytesOf(head, served().prefix)).answer()).status, 100);
      const { status, body } = await wire.send(text).answer();
      deepEqual({ status, body: JSON.parse(body) }, { status: 200, body: { body: { name: 'ada' } } });
      wire.close();
    });

    it('that is too large is refused where the client waits for 100', async () => {
      const wire = await Wire.to(served());
      const head = post('any', '', json, 'Content-Length: 1000000', 'Expect: 100-continue');
      wire.send(bytesOf(head, served().prefix));
      const first = await wire.answer();
      const { status } = first.status === 100 ? await wire.answer() : first;
      equal(status, 413);
      wire.close();
    });

    it('is 417 where something else is expected', async () => {
      equal((await exchange(served(), post('any', text, json, 'Expect: miracles'))).status, 417);
    });

    it('that nobody reads leaves the connection in order, large or small', async () => {
      const wire = await Wire.to(served());
      for (const body of [text, large, `[${'0,'.repeat(100_000)}0]`]) {
        wire.send(bytesOf(post('unread', body, json), served().prefix));
        equal((await wire.answer()).status, 200);
      }
      wire.send(bytesOf(post('any', text, json), served().prefix));
      deepEqual(JSON.parse((await wire.answer()).body), { body: { name: 'ada' } });
      wire.close();
    });

    it('that is refused leaves the connection in order', async () => {
      const wire = await Wire.to(served());
      const unread = { method: 'POST', path: '/bodies/none', headers: [json], body: large };
      for (const [request, expected] of [
        [post('any', large, json), 413],
        [post('any', '{', json), 400],
        [post('any', text, `${json}; charset=latin1`), 415],
        [post('any', chunked(large, large), json, 'Transfer-Encoding: chunked'), 413],
        [unread, 404],
        [post('any', gzipSync(large), json, 'Content-Encoding: gzip'), 413],
        [post('any', text, json), 200],
      ] as const) {
        equal((await wire.send(bytesOf(request, served().prefix)).answer()).status, expected);
      }
      wire.close();
    });
  });
});

describe('a limit in words, as body-parser takes it', () => {
  // Its type is a number; what is written in JavaScript may be another.
  const inWords = () => ({ plugins: [BodiesPlugin], limits: { bodyBytes: '1kb' as unknown as number } });
  sameAnswers(inWords, [
    { title: 'lets through what is smaller', ...post('any', text, json), ...got({ name: 'ada' }) },
    { title: 'holds for JSON', ...post('any', large, json), ...tooLarge },
  ]);
});
