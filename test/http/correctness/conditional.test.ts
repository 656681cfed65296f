import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Header, JsonController, Post, Render } from 'routing-controllers';
import { Plugin, type HostOptions } from 'plugboard';
import { sameAnswers } from './same-answers.ts';
import { inEachWay, type Served } from './ways.ts';
import { exchange, type Answer } from './wire.ts';

const digits = '0123456789';
const modified = new Date('2024-05-06T07:08:09Z');
const lastModified = 'Mon, 06 May 2024 07:08:09 GMT';

/** A plugin with a page and with files, in a folder of its own. */
class Site {
  folder = '';

  async write(): Promise<void> {
    this.folder = await realpath(await mkdtemp(join(tmpdir(), 'plugboard-site-')));
    await mkdir(join(this.folder, 'views'));
    await mkdir(join(this.folder, 'assets'));
    await writeFile(join(this.folder, 'views/page.eta'), '<p>page</p>');
    for (const [name, text] of [
      ['digits.txt', digits],
      ['empty.txt', ''],
    ] as const) {
      const path = join(this.folder, 'assets', name);
      await writeFile(path, text);
      await utimes(path, modified, modified);
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  options(): HostOptions {
    @JsonController('/json')
    class Json {
      @Get() json() {
        return { constant: true };
      }
      @Get('/tagged') @Header('ETag', '"own"') tagged() {
        return { tagged: true };
      }
      @Get('/dated') @Header('Last-Modified', lastModified) dated() {
        return { dated: true };
      }
      @Post('/tagged') @Header('ETag', '"own"') post() {
        return { posted: true };
      }
    }

    @Controller('/page')
    class Page {
      @Get() @Render('page') page() {
        return {};
      }
    }

    @Plugin({
      name: 'site',
      controllers: [Json, Page],
      views: join(this.folder, 'views'),
      assets: join(this.folder, 'assets'),
    })
    class SitePlugin {}
    return { plugins: [SitePlugin] };
  }
}

const asset = '/site/assets/digits.txt';

describe('a conditional request', () => {
  const site = new Site();
  before(async () => site.write());
  after(async () => site.remove());

  const again = async (served: Served, path: string, header: (first: Answer) => string): Promise<Answer> => {
    const first = await exchange(served, { path });
    equal(first.status, 200);
    return exchange(served, { path, headers: [header(first)] });
  };

  inEachWay(
    () => site.options(),
    (served) => {
      it('has no tag to go by for a JSON action, as long as nobody asks for one', async () => {
        equal((await exchange(served(), { path: '/json' })).headers['etag'], undefined);
      });

      for (const path of ['/page', asset]) {
        it(`is 304 where the tag is known: ${path}`, async () => {
          const { status, headers, body } = await again(
            served(),
            path,
            ({ headers }) => `If-None-Match: "other", ${headers['etag']}`,
          );
          deepEqual(
            { status, body, length: headers['content-length'] },
            { status: 304, body: '', length: undefined },
          );
          match(headers['etag'] ?? '', /^W\//);
        });

        it(`has no body for HEAD either: ${path}`, async () => {
          const { headers } = await exchange(served(), { path });
          const head = { method: 'HEAD', path, headers: [`If-None-Match: ${headers['etag']}`] };
          equal((await exchange(served(), head)).status, 304);
        });

        it(`is served anew where the tag is another: ${path}`, async () => {
          const { status, body } = await again(served(), path, () => 'If-None-Match: "other"');
          equal(status, 200);
          notEqual(body, '');
        });

        it(`is served anew for Cache-Control: no-cache: ${path}`, async () => {
          const { status } = await again(
            served(),
            path,
            ({ headers }) => `If-None-Match: ${headers['etag']}\r\nCache-Control: no-cache`,
          );
          equal(status, 200);
        });

        it(`takes * for any tag: ${path}`, async () => {
          equal((await again(served(), path, () => 'If-None-Match: *')).status, 304);
        });
      }

      it('takes a tag for the same, weak or strong', async () => {
        const { status } = await again(
          served(),
          '/page',
          ({ headers }) => `If-None-Match: ${headers['etag']?.replace('W/', '')}`,
        );
        equal(status, 304);
      });

      it('is answered though the client knows nothing of tags', async () => {
        const { headers } = await exchange(served(), { path: asset });
        equal(headers['last-modified'], lastModified);
        ok(headers['etag']);
      });
    },
  );

  const since = (date: string) => [`If-Modified-Since: ${date}`];
  sameAnswers(
    () => site.options(),
    [
      {
        title: 'is 304 where nothing has changed since',
        path: asset,
        headers: since(lastModified),
        status: 304,
        text: '',
      },
      {
        title: 'is 200 where it has changed since',
        path: asset,
        headers: since('Mon, 06 May 2024 07:08:08 GMT'),
        status: 200,
        text: digits,
      },
      {
        title: 'is 200 for a date that is none',
        path: asset,
        headers: since('yesterday'),
        status: 200,
        text: digits,
      },
      {
        title: 'goes by the tag where both are said',
        path: asset,
        headers: [...since(lastModified), 'If-None-Match: "other"'],
        status: 200,
        text: digits,
      },
      {
        title: 'is 412 where If-Match fails',
        path: asset,
        headers: ['If-Match: "other"'],
        status: 412,
      },
      {
        title: 'is 412 where it has changed after If-Unmodified-Since',
        path: asset,
        headers: ['If-Unmodified-Since: Mon, 06 May 2024 07:08:08 GMT'],
        status: 412,
      },
      {
        title: 'goes by an action’s own tag',
        path: '/json/tagged',
        headers: ['If-None-Match: "own"'],
        status: 304,
        text: '',
        expect: { etag: '"own"', 'content-length': undefined, 'content-type': undefined },
      },
      {
        title: 'goes by an action’s own date',
        path: '/json/dated',
        headers: since(lastModified),
        status: 304,
        text: '',
      },
      {
        title: 'is nothing to a POST',
        method: 'POST',
        path: '/json/tagged',
        headers: ['If-None-Match: "own"'],
        status: 200,
        json: { posted: true },
      },
    ],
  );
});

describe('a range of an asset', () => {
  const site = new Site();
  before(async () => site.write());
  after(async () => site.remove());

  const range = (value: string, ...more: readonly string[]) => ({
    path: asset,
    headers: [`Range: bytes=${value}`, ...more],
  });
  const part = (text: string, from: number) => ({
    status: 206,
    text,
    expect: {
      'content-range': `bytes ${from}-${from + text.length - 1}/10`,
      'content-length': String(text.length),
      'accept-ranges': 'bytes',
      'content-type': /^text\/plain/,
    },
  });
  const whole = { status: 200, text: digits, expect: { 'content-range': undefined, 'content-length': '10' } };
  const unsatisfiable = {
    status: 416,
    text: 'Range Not Satisfiable',
    expect: {
      'content-range': 'bytes */10',
      'cache-control': undefined,
      'content-type': 'text/plain; charset=utf-8',
    },
  };

  sameAnswers(
    () => site.options(),
    [
      { title: 'is offered', path: asset, status: 200, text: digits, expect: { 'accept-ranges': 'bytes' } },
      { title: 'from the start', ...range('0-3'), ...part('0123', 0) },
      { title: 'from the middle', ...range('4-6'), ...part('456', 4) },
      { title: 'of one byte', ...range('9-9'), ...part('9', 9) },
      { title: 'to the end', ...range('7-'), ...part('789', 7) },
      { title: 'that goes over the end is cut', ...range('8-1000'), ...part('89', 8) },
      { title: 'of the last bytes', ...range('-2'), ...part('89', 8) },
      {
        title: 'of more last bytes than there are is 416, as in Express',
        ...range('-1000'),
        ...unsatisfiable,
      },
      { title: 'several give the whole file, which is allowed', ...range('0-1,4-5'), ...whole },
      { title: 'several that touch give one part', ...range('0-1,2-3'), ...part('0123', 0) },
      { title: 'behind the end is 416', ...range('10-'), ...unsatisfiable },
      { title: 'of no last bytes is 416', ...range('-0'), ...unsatisfiable },
      { title: 'backwards is 416', ...range('5-2'), ...unsatisfiable },
      { title: 'in another unit is ignored', path: asset, headers: ['Range: lines=0-1'], ...whole },
      { title: 'that can’t be read is ignored', path: asset, headers: ['Range: bytes'], ...whole },
      {
        title: 'is given where If-Range has the date',
        ...range('0-3', `If-Range: ${lastModified}`),
        ...part('0123', 0),
      },
      {
        title: 'is the whole file where If-Range has an older date',
        ...range('0-3', 'If-Range: Mon, 06 May 2024 07:08:08 GMT'),
        ...whole,
      },
      {
        title: 'is the whole file where If-Range has another tag',
        ...range('0-3', 'If-Range: "other"'),
        ...whole,
      },
      {
        title: 'for HEAD has the headers of the part',
        method: 'HEAD',
        ...range('0-3'),
        ...part('0123', 0),
        text: '',
      },
      {
        title: 'of an empty file is 416',
        path: '/site/assets/empty.txt',
        headers: ['Range: bytes=0-0'],
        status: 416,
        expect: { 'content-range': 'bytes */0' },
      },
      { title: 'is nothing to a POST', method: 'POST', ...range('0-3'), status: 404 },
    ],
  );

  inEachWay(
    () => site.options(),
    (served) => {
      it('is given where If-Range has the tag', async () => {
        const { headers } = await exchange(served(), { path: asset });
        const { status, body } = await exchange(served(), range('0-3', `If-Range: ${headers['etag']}`));
        deepEqual({ status, body }, { status: 206, body: '0123' });
      });

      it('is 304 all the same where the tag is known', async () => {
        const { headers } = await exchange(served(), { path: asset });
        const { status } = await exchange(served(), range('0-3', `If-None-Match: ${headers['etag']}`));
        equal(status, 304);
      });
    },
  );
});
