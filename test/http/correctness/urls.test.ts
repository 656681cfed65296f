import { deepEqual, equal } from 'node:assert/strict';
import { Get, JsonController, Param, Params, QueryParam, Req } from 'routing-controllers';
import type { Request } from 'express';
import { Plugin } from 'plugboard';
import { sameAnswers } from './same-answers.ts';
import { inEachWay } from './ways.ts';
import { exchange } from './wire.ts';

@Plugin({ name: 'urls' })
@JsonController('/urls')
class UrlsPlugin {
  @Get() root() {
    return { at: 'root' };
  }
  @Get('/one/:id') one(@Param('id') id: string) {
    return { id };
  }
  @Get('/two/:a/:b') two(@Param('a') a: string, @Param('b') b: string) {
    return { a, b };
  }
  @Get('/number/:id') number(@Param('id') id: number) {
    return { id };
  }
  @Get('/rest/*path') rest(@Params() params: object) {
    return params;
  }
  @Get('/query') query(@QueryParam('q') q: string) {
    return { q };
  }
  @Get('/lengths/:id') lengths(@Param('id') id: string, @QueryParam('q') q: string) {
    return { id: id.length, q: q.length };
  }
  @Get('/seen/:id') seen(@Req() request: Request) {
    return { url: request.url, path: request.path, params: request.params };
  }
}

describe('a URL', () => {
  const malformed = { name: 'URIError', message: 'The URL has malformed percent-encoding' };
  const notFound = { status: 404, expect: { 'content-type': /html/ } };

  sameAnswers(
    () => ({ plugins: [UrlsPlugin] }),
    [
      { title: 'is decoded once', path: '/urls/one/a%2520b', status: 200, json: { id: 'a%20b' } },
      {
        title: 'may have any character, encoded',
        path: '/urls/one/%E2%82%AC%F0%9F%98%80%00%25',
        status: 200,
        json: { id: '€😀\0%' },
      },
      { title: 'leaves a plus in a path alone', path: '/urls/one/a+b', status: 200, json: { id: 'a+b' } },
      {
        title: 'is 400 where % is followed by no number',
        path: '/urls/one/%zz',
        status: 400,
        json: malformed,
      },
      { title: 'is 400 where it ends in the middle', path: '/urls/one/a%2', status: 400, json: malformed },
      {
        title: 'is 400 where the bytes are no UTF-8',
        path: '/urls/one/%C3%28',
        status: 400,
        json: malformed,
      },
      { title: 'is 400 for a surrogate in UTF-8', path: '/urls/one/%ED%A0%80', status: 400, json: malformed },
      {
        title: 'is 400 where the first of two is bad',
        path: '/urls/two/%zz/b',
        status: 400,
        json: malformed,
      },
      {
        title: 'is 400 where the second of two is bad',
        path: '/urls/two/a/%zz',
        status: 400,
        json: malformed,
      },
      { title: 'is 400 where both are bad', path: '/urls/two/%/%', status: 400, json: malformed },
      { title: 'is 400 for a typed parameter', path: '/urls/number/%zz', status: 400, json: malformed },
      { title: 'is 400 for a list of segments', path: '/urls/rest/a/%zz/c', status: 400, json: malformed },
      { title: 'that nobody serves is 404, however it is encoded', path: '/none/%zz', ...notFound },
      {
        title: 'keeps an encoded slash in one parameter',
        path: '/urls/one/a%2Fb%2fc',
        status: 200,
        json: { id: 'a/b/c' },
      },
      {
        title: 'keeps encoded slashes apart from others in several parameters',
        path: '/urls/two/a%2Fb/c%5Cd',
        status: 200,
        json: { a: 'a/b', b: 'c\\d' },
      },
      {
        title: 'keeps an encoded slash in one segment of a list',
        path: '/urls/rest/a/b%2Fc/d',
        status: 200,
        json: { path: ['a', 'b/c', 'd'] },
      },
      { title: 'has an encoded slash for no separator of its own', path: '/urls%2Fone%2Fa', ...notFound },
      {
        title: 'goes nowhere by encoded dots',
        path: '/urls/one/%2e%2e',
        status: 200,
        json: { id: '..' },
      },
      {
        title: 'goes nowhere by plain dots',
        path: '/urls/one/..',
        status: 200,
        json: { id: '..' },
      },
      {
        title: 'keeps the encoding of ?, # and & in a parameter',
        path: '/urls/one/%3F%23%26%3D?q=1',
        status: 200,
        json: { id: '?#&=' },
      },
      {
        title: 'is seen by an action as it came, below its mount',
        path: '/urls/seen/a%2Fb?q=%zz',
        status: 200,
        json: { url: '/urls/seen/a%2Fb?q=%zz', path: '/urls/seen/a%2Fb', params: { id: 'a/b' } },
      },
      { title: 'with two slashes at its start is another', path: '//urls/one/a', ...notFound },
      { title: 'with two slashes inside is another', path: '/urls//one/a', ...notFound },
      { title: 'with an empty parameter is another', path: '/urls/two//b', ...notFound },
      { title: 'with slashes only is another', path: '////', ...notFound },
      { title: 'may end with one slash', path: '/urls/one/a/', status: 200, json: { id: 'a' } },
      { title: 'with two slashes at its end is another', path: '/urls/one/a//', ...notFound },
      {
        title: 'may be absolute, as a proxy gets it',
        target: (prefix) => `http://other.local:8080${prefix}/urls/one/a?q=http://x/y`,
        status: 200,
        json: { id: 'a' },
      },
      {
        title: 'may be absolute and https',
        target: (prefix) => `HTTPS://user@other.local${prefix}/urls/query?q=1`,
        status: 200,
        json: { q: '1' },
      },
      { title: 'may be absolute without a path', target: () => 'http://other.local', ...notFound },
      {
        title: 'may be absolute and nobody’s',
        target: (prefix) => `http://other.local${prefix}/no`,
        ...notFound,
      },
      { title: 'may be a star', method: 'OPTIONS', target: () => '*', status: 404 },
      { title: 'with a space is no HTTP', target: (prefix) => `${prefix}/urls/one/a b`, status: 400 },
      { title: 'with raw UTF-8 is no HTTP', path: '/urls/one/é', status: 400 },
      {
        title: 'may have a parameter of 10,000 characters',
        path: `/urls/lengths/${'x'.repeat(10_000)}?q=y`,
        status: 200,
        json: { id: 10_000, q: 1 },
      },
      {
        title: 'may have a query of 10,000 characters',
        path: `/urls/lengths/x?q=${'y'.repeat(10_000)}`,
        status: 200,
        json: { id: 1, q: 10_000 },
      },
      {
        title: 'may have 3,000 encoded characters',
        path: `/urls/lengths/${'%C3%A9'.repeat(1_500)}?q=${'%C3%A9'.repeat(500)}`,
        status: 200,
        json: { id: 1_500, q: 500 },
      },
      {
        title: 'may have a thousand segments',
        path: `/urls/one${'/x'.repeat(1_000)}`,
        ...notFound,
      },
      {
        title: 'near the limit of Node is taken',
        path: `/urls/lengths/x?q=${'y'.repeat(16_000)}`,
        status: 200,
        json: { id: 1, q: 16_000 },
      },
      {
        title: 'over the limit of Node is 431',
        path: `/urls/lengths/x?q=${'y'.repeat(17_000)}`,
        status: 431,
        expect: { connection: 'close' },
      },
      {
        title: 'with a malformed query is served: what can’t be decoded stays as it is',
        path: '/urls/query?q=%zz&%=%',
        status: 200,
        json: { q: '%zz' },
      },
      {
        title: 'with a query that is no UTF-8 is served',
        path: '/urls/query?q=%C3%28',
        status: 200,
        json: { q: '\uFFFD(' },
      },
      {
        title: 'may have a second question mark',
        path: '/urls/query?q=a?b',
        status: 200,
        json: { q: 'a?b' },
      },
      { title: 'may have a query that is empty', path: '/urls?', status: 200, json: { at: 'root' } },
    ],
  );

  describe('of one mount', () => {
    inEachWay(
      () => ({ plugins: [UrlsPlugin], prefix: '/v1' }),
      (served) => {
        it('has the host’s prefix in it, whatever its case', async () => {
          const { status, body } = await exchange(served(), { path: '/V1/Urls/One/A' });
          equal(status, 200);
          deepEqual(JSON.parse(body), { id: 'A' });
          equal((await exchange(served(), { path: '/urls/one/A' })).status, 404);
        });
      },
    );
  });
});
