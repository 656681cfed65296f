import 'reflect-metadata';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Exclude, Expose, Transform } from 'class-transformer';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { ContentType, Get, Header, HttpCode, JsonController, UseAfter } from 'routing-controllers';
import { deferred } from '../support/deferred.ts';
import { Wire } from './correctness/wire.ts';
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

/** Otherwise each answer has a header before it begins. */
function bare(app: Express): void {
  app.disable('x-powered-by');
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

  it('is refused with a trailer announced, as Express and Node do beside a length', async () => {
    const announce: RequestHandler = (_request, response, next) => {
      response.setHeader('Trailer', 'X-Sum');
      next();
    };
    const served = serve([Answers], { before: [announce] });
    const response = await served.request.get('/json/holes').expect(500);
    assert.equal((response.body as { name: string }).name, 'InternalServerError');
    assert.match(String(served.reported[0]?.error), /ERR_HTTP_TRAILER_INVALID|Trailers are invalid/);
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

  for (const event of ['finish', 'close'] as const) {
    for (const name of [undefined, 'X-Stamp']) {
      it(`has its headers for who listens to '${event}', ${name ? 'among others' : 'alone'}`, async () => {
        const heard = deferred<unknown[]>();
        const listen: RequestHandler = (_request, response, next) => {
          if (name) response.setHeader(name, 'here');
          response.on(event, () => {
            heard.resolve([response.get('Content-Type'), response.get('Content-Length')]);
          });
          next();
        };
        await serve([Answers], { before: [listen], configure: bare })
          .request.get('/json/holes')
          .expect(200, '[1,3]');
        assert.deepEqual((await heard.promise).map(String), ['application/json; charset=utf-8', '5']);
      });
    }
  }

  it('has its headers for what runs after the action', async () => {
    const seen: unknown[] = [];
    const look = (_request: Request, response: Response, next: NextFunction): void => {
      seen.push(response.get('Content-Type'), String(response.get('Content-Length')));
      next();
    };
    @JsonController('/after')
    @UseAfter(look)
    class After {
      @Get('/')
      find(): object {
        return [1];
      }
    }
    await serve([After], { configure: bare }).request.get('/after').expect(200, '[1]');
    assert.deepEqual(seen, ['application/json; charset=utf-8', '3']);
  });

  it('has its own length, whatever was said before', async () => {
    const lie: RequestHandler = (_request, response, next) => {
      response.setHeader('Content-Length', '3');
      next();
    };
    const response = await serve([Answers], { before: [lie] })
      .request.get('/json/holes')
      .expect(200, '[1,3]');
    assert.equal(response.headers['content-length'], '5');
  });

  for (const [kind, names] of [
    ['alone', []],
    ['among other headers', ['X-Stamp']],
  ] as const) {
    it(`says its length once, to a client of HTTP/1.0, too: ${kind}`, async () => {
      const stamp: RequestHandler = (_request, response, next) => {
        for (const name of names) response.setHeader(name, 'here');
        next();
      };
      const server = serve([Answers], { before: [stamp], configure: bare }).app.listen(0, '127.0.0.1');
      try {
        await once(server, 'listening');
        for (const version of ['1.0', '1.1']) {
          const wire = await Wire.to(server.address() as AddressInfo);
          const { headers, body } = await wire
            .send(`GET /json/holes HTTP/${version}\r\nHost: here\r\n\r\n`)
            .answer();
          wire.close();
          assert.deepEqual([headers['content-length'], body], ['5', '[1,3]']);
        }
      } finally {
        server.close();
      }
    });
  }

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
