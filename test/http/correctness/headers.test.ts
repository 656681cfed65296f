import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  BadRequestError,
  CookieParam,
  CookieParams,
  Get,
  Header,
  HeaderParam,
  HeaderParams,
  JsonController,
  Location,
  QueryParam,
  Redirect,
  Res,
} from 'routing-controllers';
import type { Response } from 'express';
import { Plugin } from 'plugboard';
import { sameAnswers } from './same-answers.ts';
import { complaints, inEachWay } from './ways.ts';
import { exchange } from './wire.ts';

const evil = 'x\r\nX-Injected: 1\r\n\r\n<script>';

@Plugin({ name: 'headers' })
@JsonController('/headers')
class HeadersPlugin {
  @Get('/header') @Header('X-Value', evil) header() {
    return { sent: true };
  }
  @Get('/header/error') @Header('X-Value', evil) headerOfError() {
    throw new BadRequestError('bad');
  }
  @Get('/location') @Location(`/${evil}`) location() {
    return { sent: true };
  }
  @Get('/set') set(@QueryParam('value') value: string, @Res() response: Response) {
    response.set('X-Value', value);
    return { sent: true };
  }
  @Get('/redirect') @Redirect('/') redirect(@QueryParam('to') to: string) {
    return to;
  }
  @Get('/redirect/to') @Redirect('/to/:place?from=:from') redirectTo(@QueryParam('place') place: string) {
    return { place, from: 'here' };
  }
  @Get('/names') names(@HeaderParams() headers: Record<string, unknown>, @HeaderParam('X-Two') two: string) {
    return { own: headers['x-own'] ?? null, two: two ?? null, admin: headers['isAdmin'] ?? null };
  }
  @Get('/cookies') cookies(@CookieParams() cookies: Record<string, unknown>, @CookieParam('a') a: string) {
    return { names: Object.keys(cookies).sort(), a: a ?? null, admin: cookies['isAdmin'] ?? null };
  }
}

const options = () => ({ plugins: [HeadersPlugin] });
const encoded = encodeURIComponent(evil);

describe('a header', () => {
  sameAnswers(options, [
    {
      title: 'of a redirect has no line breaks, whatever the URL',
      path: `/headers/redirect?to=/${encoded}`,
      status: 302,
      expect: { 'x-injected': undefined, location: '/x%0D%0AX-Injected:%201%0D%0A%0D%0A%3Cscript%3E' },
    },
    {
      title: 'of a redirect has no line breaks, whatever is filled in',
      path: `/headers/redirect/to?place=${encoded}`,
      status: 302,
      expect: { 'x-injected': undefined, location: /^\/to\/x%0D%0AX-Injected/ },
    },
    {
      title: 'of a redirect has other alphabets encoded',
      path: `/headers/redirect?to=/${encodeURIComponent('é😀')}`,
      status: 302,
      expect: { location: '/%C3%A9%F0%9F%98%80' },
    },
    {
      title: 'of the client may be sent twice, and is one',
      path: '/headers/names',
      headers: ['X-Own: 1', 'x-own: 2', 'X-TWO: é'],
      status: 200,
      json: { own: '1, 2', two: 'Ã©', admin: null },
    },
    {
      title: 'of the client does not reach a prototype',
      path: '/headers/names',
      headers: ['__proto__: x', 'constructor: x'],
      status: 200,
      json: { own: null, two: null, admin: null },
    },
    {
      title: 'of the client without a colon is no HTTP',
      path: '/headers/names',
      headers: ['X-Own'],
      status: 400,
    },
    {
      title: 'of the client with a blank in its name is no HTTP',
      path: '/headers/names',
      headers: ['X Own: 1'],
      status: 400,
    },
    {
      title: 'of the client that is folded is no HTTP',
      path: '/headers/names',
      headers: ['X-Own: 1\r\n 2'],
      status: 400,
    },
    {
      title: 'of the client with a zero byte is no HTTP',
      path: '/headers/names',
      headers: ['X-Own: \0'],
      status: 400,
    },
    {
      title: 'of the client that is too long is 431',
      path: '/headers/names',
      headers: [`X-Own: ${'x'.repeat(20_000)}`],
      status: 431,
    },
    { title: 'Host may not be missing', path: '/headers/names', headers: ['Host:'], status: 200 },
    {
      title: 'of cookies does not reach a prototype, and the first of a name counts',
      path: '/headers/cookies',
      headers: ['Cookie: a=1; __proto__=x; a=2; constructor=y; b=%zz; c; =d; e=%E2%82%AC'],
      status: 200,
      json: { names: ['', '__proto__', 'a', 'b', 'constructor', 'e'], a: '1', admin: null },
    },
    { title: 'of cookies may be empty', path: '/headers/cookies', headers: ['Cookie: ;;='], status: 200 },
  ]);

  inEachWay(options, (served) => {
    for (const path of ['/headers/header', '/headers/header/error', `/headers/set?value=${encoded}`]) {
      it(`with a line break is 500 and never sent: ${path}`, async () => {
        const before = complaints(served()).length;
        const { status, headers, body } = await exchange(served(), { path });
        equal(status, 500);
        deepEqual([headers['x-injected'], headers['x-value']], [undefined, undefined]);
        equal((JSON.parse(body) as Error).message, 'Internal Server Error');
        ok(complaints(served()).length > before);
      });
    }

    it('Location with a line break is not sent as it is', async () => {
      const { headers } = await exchange(served(), { path: '/headers/location' });
      equal(headers['x-injected'], undefined);
    });
  });
});
