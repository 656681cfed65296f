import assert from 'node:assert/strict';
import { routePattern } from '#lib/http/route-pattern.js';
import { Router } from '#lib/http/router.js';

type Routes = Readonly<Record<string, readonly (string | RegExp)[]>>;

function routerOf(plugins: Routes): Router {
  const router = new Router();
  for (const [plugin, paths] of Object.entries(plugins)) {
    const routes = paths.map((path) => {
      const [, verb = 'GET', rest = path] = /^([A-Z]+) (.*)$/.exec(String(path)) ?? [];
      return {
        verb,
        pattern: routePattern(rest),
        action: String(path),
        service: { handle: () => undefined },
      };
    });
    router.mount({ plugin, generation: 1, routes });
  }
  return router;
}

function overlaps(plugins: Routes, of?: string): string[] {
  return routerOf(plugins)
    .overlaps(of)
    .map(({ general, specific }) => {
      const winners = specific.map(({ plugin, route }) => `${plugin}: ${route}`);
      return `${general.plugin}: ${general.route} < ${winners.join(', ')}`;
    });
}

describe('routes of two plugins that overlap', () => {
  const table: readonly (readonly [general: string, specific: string])[] = [
    ['/users/:id', '/users/me'],
    ['/users/*rest', '/users/me'],
    ['/users/*rest', '/users/:id'],
    ['/users/*rest', '/users/:id/items'],
    ['/:page', '/about'],
    ['/:a/b', '/a/:b'],
    ['/users/:id', '/users/:number(\\d+)'],
    ['/users/:id(\\d+)', '/users/12'],
    ['/users/:id?', '/users/me'],
    ['/users/*rest', '/users/*middle/end'],
    ['GET /users/:id', 'ALL /users/me'],
    ['GET /users/:id', 'HEAD /users/me'],
  ];
  for (const [general, specific] of table) {
    it(`are told: ${general} gives way to ${specific}, whoever came first`, () => {
      const named = (route: string) => (/^[A-Z]/.test(route) ? route : `GET ${route}`);
      const expected = `one: ${named(general)} < two: ${named(specific)}`;
      assert.deepEqual(overlaps({ one: [general], two: [specific] }), [expected]);
      assert.deepEqual(overlaps({ two: [specific], one: [general] }), [expected]);
    });
  }

  const apart: readonly (readonly [one: string | RegExp, other: string])[] = [
    ['/users/:id', '/users/me/items'],
    ['/users/:id', '/posts/:id'],
    ['/users/:id(\\d+)', '/users/me'],
    ['/users/:id.json', '/users/me'],
    ['POST /users/:id', 'GET /users/me'],
    ['/*rest', '/users/me'],
    ['*', '/users/me'],
    [/users/, '/users/me'],
  ];
  for (const [one, other] of apart) {
    it(`are not ${String(one)} and ${other}`, () => {
      assert.deepEqual(overlaps({ one: [one], two: [other] }), []);
    });
  }

  it('are of two plugins, not of one', () => {
    assert.deepEqual(overlaps({ one: ['/users/:id', '/users/me', '/users/*rest'] }), []);
  });

  it('are told once for each route that gives way, with all that win', () => {
    const plugins = { one: ['/users/:id', '/users/*rest'], two: ['/users/me'], three: ['/users/you'] };
    assert.deepEqual(overlaps(plugins), [
      'one: GET /users/:id < two: GET /users/me, three: GET /users/you',
      'one: GET /users/*rest < two: GET /users/me, three: GET /users/you',
    ]);
  });

  it('are told of one plugin alone where that is asked for, on either side', () => {
    const plugins = { one: ['/a/:x'], two: ['/a/b', '/c/:y'], three: ['/c/d'] };
    assert.deepEqual(overlaps(plugins, 'one'), ['one: GET /a/:x < two: GET /a/b']);
    assert.deepEqual(overlaps(plugins, 'three'), ['two: GET /c/:y < three: GET /c/d']);
    assert.deepEqual(overlaps(plugins, 'none'), []);
  });
});
