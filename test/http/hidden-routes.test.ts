import { deepEqual } from 'node:assert/strict';
import { findHidden } from '#lib/http/hidden-routes.js';
import { routePattern } from '#lib/http/route-pattern.js';

/** `GET /users/:id`, in the order of declaration; gives `hidden < by`, with `=` where they are the same. */
function hidden(...routes: readonly (string | readonly [string, RegExp])[]): readonly string[] {
  const described = routes.map((route) => {
    const [verb = '', path = ''] = typeof route === 'string' ? route.split(' ') : route;
    return { verb, pattern: routePattern(path), action: String(path) };
  });
  return findHidden(described).map(
    (pair) => `${pair.hidden.action} ${pair.isSame ? '=' : '<'} ${pair.by.action}`,
  );
}

describe('a route of a plugin is never reached', () => {
  it('where an earlier one is the same', () => {
    deepEqual(hidden('GET /a/:b', 'GET /A/:c/'), ['/A/:c/ = /a/:b']);
    deepEqual(hidden('GET /x{/:id}', 'GET /x'), ['/x = /x{/:id}']);
  });

  it('where an earlier one matches all that it does', () => {
    deepEqual(hidden('GET /:id', 'GET /new'), ['/new < /:id']);
    deepEqual(hidden('GET /a/*rest', 'GET /a/:b/c'), ['/a/:b/c < /a/*rest']);
    deepEqual(hidden('ALL /:id', 'POST /new'), ['/new < /:id']);
    deepEqual(hidden('GET /:id', 'HEAD /new'), ['/new < /:id']);
  });

  it('and not where something is left for it', () => {
    deepEqual(hidden('GET /new', 'GET /:id'), []);
    deepEqual(hidden('GET /:id', 'POST /new'), []);
    deepEqual(hidden('GET /:id', 'ALL /new'), []);
    deepEqual(hidden('GET /:id', 'GET /a/b'), []);
    deepEqual(hidden('GET /a/*rest', 'GET /a'), []);
    deepEqual(hidden('GET /a/*rest', 'GET /b/*rest'), []);
    deepEqual(hidden('GET /:id', 'GET /*rest'), []);
  });

  it('and is not told of where only a RegExp could say so', () => {
    deepEqual(hidden('GET /:id(\\d+)', 'GET /7'), []);
    deepEqual(hidden(['GET', /^\/.*/], 'GET /7'), []);
  });
});
