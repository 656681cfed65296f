import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Exclude, Expose, Transform } from 'class-transformer';
import type { RequestHandler } from 'express';
import { ContentType, Get, Header, HttpCode, JsonController } from 'routing-controllers';
import { serve } from './served-app.ts';

class Money {
  constructor(private readonly cents: number) {}

  toJSON(): string {
    return `${this.cents / 100} €`;
  }
}

class Bare {
  name = 'bare';
  when = new Date('2026-01-02T03:04:05Z');
  private readonly secret = 'kept';

  get shout(): string {
    return this.secret.toUpperCase();
  }
}

class Guarded {
  @Expose({ name: 'label' }) name = 'x';
  @Exclude() password = 'secret';
  @Transform(({ value }) => `<${String(value)}>`) note = 'n';
}

class HeirOfGuarded extends Guarded {
  extra = 1;
}

@JsonController('/json')
class Answers {
  @Get('/plain')
  plain(): object {
    return { list: [1, { two: 'zwei' }], nothing: null, text: 'grüß' };
  }

  @Get('/bare')
  bare(): Bare {
    return new Bare();
  }

  @Get('/deep')
  deep(): object {
    return { rows: [{ guarded: new HeirOfGuarded() }] };
  }

  @Get('/money')
  money(): object {
    return { price: new Money(250) };
  }

  @Get('/map')
  map(): object {
    return { map: new Map([['a', 1]]), set: new Set([1, 2]) };
  }

  @Get('/holes')
  holes(): object {
    // oxlint-disable-next-line no-sparse-arrays -- it is what is tested
    return [1, , 3];
  }

  @Get('/typed')
  @ContentType('application/vnd.api+json')
  @Header('X-One', 'eins')
  @HttpCode(201)
  typed(): object {
    return { data: [] };
  }

  @Get('/modified')
  @Header('Last-Modified', 'Fri, 02 Jan 2026 03:04:05 GMT')
  modified(): object {
    return { old: true };
  }
}

describe('a JSON answer', () => {
  it('has type and length, and no ETag unless asked for', async () => {
    const plain = await serve([Answers]).request.get('/json/plain').expect(200);
    assert.equal(plain.text, '{"list":[1,{"two":"zwei"}],"nothing":null,"text":"grüß"}');
    assert.equal(plain.headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(plain.headers['content-length'], String(Buffer.byteLength(plain.text)));
    assert.equal(plain.headers.etag, undefined);
    const tagged = await serve([Answers], { etag: true }).request.get('/json/plain').expect(200);
    assert.match(String(tagged.headers.etag), /^W\//);
  });

  it('has no body for HEAD, but its length', async () => {
    const response = await serve([Answers]).request.head('/json/bare').expect(200);
    assert.equal(response.headers['content-length'], '65');
    assert.equal(response.text, undefined);
  });

  for (const [path, expected] of [
    ['bare', '{"name":"bare","when":"2026-01-02T03:04:05.000Z","secret":"kept"}'],
    ['deep', '{"rows":[{"guarded":{"label":"x","note":"<n>","extra":1}}]}'],
    ['money', '{"price":{"cents":250}}'],
    ['map', '{"map":{"a":1},"set":[1,2]}'],
    ['holes', '[1,3]'],
  ] as const) {
    it(`is what class-transformer makes of the result: ${path}`, async () => {
      await serve([Answers]).request.get(`/json/${path}`).expect(200, expected);
    });
  }

  it("keeps the action's own type, status and headers", async () => {
    const response = await serve([Answers]).request.get('/json/typed').expect(201, '{"data":[]}');
    assert.equal(response.headers['content-type'], 'application/vnd.api+json; charset=utf-8');
    assert.equal(response.headers['x-one'], 'eins');
  });

  it('is 304 where an action says when it was modified, and the client has it', async () => {
    const { request } = serve([Answers]);
    const since = { 'If-Modified-Since': 'Fri, 02 Jan 2026 03:04:05 GMT' };
    await request.get('/json/modified').set(since).expect(304, '');
  });

  it("follows the app's settings for JSON", async () => {
    const served = serve([Answers]);
    served.app.set('json spaces', 1);
    await served.request.get('/json/holes').expect(200, '[\n 1,\n 3\n]');
  });

  it('has no body for HEAD that a middleware calls GET', async () => {
    const rename: RequestHandler = (request, _response, next) => {
      request.method = 'GET';
      next();
    };
    const response = await serve([Answers], { before: [rename] })
      .request.head('/json/holes')
      .expect(200);
    assert.equal(response.headers['content-length'], '5');
  });

  it('keeps to a length that is checked strictly', async () => {
    const check: RequestHandler = (_request, response, next) => {
      response.strictContentLength = true;
      next();
    };
    await serve([Answers], { before: [check] })
      .request.get('/json/holes')
      .expect(200, '[1,3]');
  });

  for (const method of ['json', 'send'] as const) {
    it(`goes through response.${method} where the app has put its own in its place`, async () => {
      const sign: RequestHandler = (_request, response, next) => {
        const given = response[method].bind(response);
        response[method] = (body: unknown) => {
          response.setHeader('X-Signed', 'yes');
          return given(body);
        };
        next();
      };
      const { request } = serve([Answers], { before: [sign] });
      await request.get('/json/plain').expect(200).expect('X-Signed', 'yes');
    });
  }
});
