import assert from 'node:assert/strict';
import type { Mount, MountedRoute } from '#lib/http/mount.js';
import { RouteClaims } from '#lib/http/route-claims.js';
import { routePattern } from '#lib/http/route-pattern.js';
import { Router } from '#lib/http/router.js';

function route(verb: string, path: string | RegExp): MountedRoute {
  return {
    verb,
    pattern: routePattern(path),
    action: `Sample.${String(path)}`,
    service: { handle: () => undefined },
  };
}

function mountOf(plugin: string, paths: readonly (string | RegExp)[], generation = 1): Mount {
  return { plugin, generation, routes: paths.map((path) => route('GET', path)) };
}

function routerOf(...paths: readonly (string | RegExp)[]): Router {
  const router = new Router();
  router.mount(mountOf('sample', paths));
  return router;
}

function find(router: Router, url: string, verb = 'GET'): { path: string; params: object } | undefined {
  const match = router.find(verb, url);
  return match && { path: match.route.pattern.path, params: match.params };
}

describe('a path', () => {
  const table: readonly (readonly [route: string | RegExp, url: string, params: object | undefined])[] = [
    ['', '/', {}],
    ['/', '/', {}],
    ['/a', '/A/', {}],
    ['/a', '/a//', undefined],
    ['/a?x', '/x', {}],
    ['/users/:id', '/users/7?x=1', { id: '7' }],
    ['/users/:id', '/users/', undefined],
    ['/users/:id', '/users/a%2Fb%25', { id: 'a/b%' }],
    ['/users/:id(\\d+)', '/users/12', { id: '12' }],
    ['/users/:id(\\d+)', '/users/x', undefined],
    ['/users/:id(a|(b))', '/users/b', { id: 'b' }],
    ['/users/:id?', '/users', {}],
    ['/users/:id?', '/users/7', { id: '7' }],
    ['/users{/:id}', '/users', {}],
    ['/users{/:id}', '/users/7', { id: '7' }],
    ['/a{/:b{/:c}}/d', '/a/1/2/d', { b: '1', c: '2' }],
    ['/a{/:b{/:c}}/d', '/a/d', {}],
    ['*', '/any/thing', { 0: '/any/thing' }],
    ['/files/*', '/files/', { 0: '' }],
    ['/files/*', '/files/a/b', { 0: 'a/b' }],
    ['/files/*path', '/files/a%2Fb/c', { path: ['a/b', 'c'] }],
    ['/files/*path', '/files', undefined],
    ['/a/*middle/z', '/a/b/c/z', { middle: ['b', 'c'] }],
    ['/a/*/z', '/a/b/c/z', { 0: 'b/c' }],
    ['/files/:path(.*)', '/files/a/b', { path: 'a/b' }],
    ['/(one|two)', '/two', { 0: 'two' }],
    ['/ab?c', '/ac', {}],
    ['/:from-:to', '/a-b', { from: 'a', to: 'b' }],
    ['/:name.json', '/x.JSON', { name: 'x' }],
    ['/\\:literal', '/:literal', {}],
    ['/:"two words"', '/x', { 'two words': 'x' }],
    ['/50%', '/50%', {}],
    ['/caf\u00e9/:x', '/caf%C3%A9/1', { x: '1' }],
    ['/:x', '/%C4%B0stanbul', { x: '\u0130stanbul' }],
    [/^\/r(\d+)\/(?<word>\w+)$/g, '/r12/abc', { 0: '12', word: 'abc' }],
    [/^\/optional(\/x)?$/, '/optional', {}],
    ['/x', 'http://host/x?y', {}],
    [`/${'{/a}'.repeat(6)}`, '//a/a', {}],
  ];
  for (const [path, url, params] of table) {
    it(`'${String(path)}' ${params ? 'takes' : 'does not take'} ${url}`, () => {
      const found = find(routerOf(path), url);
      assert.deepEqual(found && { ...found.params }, params);
    });
  }

  it('has a parameter as long as it likes', () => {
    const long = 'x'.repeat(5000);
    assert.deepEqual({ ...find(routerOf('/:x'), `/${long}`)?.params }, { x: long });
  });

  it('is refused with a URIError where a parameter is not decodable, and not found where nothing would match', () => {
    assert.throws(() => find(routerOf('/a/:x'), '/a/%zz'), URIError);
    assert.equal(find(routerOf('/a/:x'), '/b/%zz'), undefined);
  });

  it('that is malformed says so', () => {
    for (const path of ['/{a', '/a}', '/:', '/:"a', '/:a(b'])
      assert.throws(() => routePattern(path), SyntaxError);
  });
});

describe('the router', () => {
  it('lets the first declared of a plugin win, as Express does', () => {
    assert.equal(find(routerOf('/:any', '/fixed'), '/fixed')?.path, '/:any');
    assert.equal(find(routerOf('/fixed', '/:any'), '/fixed')?.path, '/fixed');
    assert.equal(find(routerOf('/*rest', '/a/:b', '/a/c'), '/a/c')?.path, '/*rest');
    assert.equal(find(routerOf(/^\/a/, '/a'), '/a')?.path, '/^\\/a/');
    assert.equal(find(routerOf('/a', '/a'), '/a')?.path, '/a');
  });

  it('goes on to the next where a pattern of a parameter refuses', () => {
    const router = routerOf('/x/:id(\\d+)', '/x/:name', '/:any/:more');
    assert.equal(find(router, '/x/1')?.path, '/x/:id(\\d+)');
    assert.equal(find(router, '/x/a')?.path, '/x/:name');
    const split = new Router();
    split.mount(mountOf('one', ['/*rest']));
    split.mount(mountOf('two', ['/x/:name']));
    split.mount(mountOf('three', ['/x/:id(\\d+)']));
    assert.equal(find(split, '/x/1')?.path, '/x/:id(\\d+)');
    assert.equal(find(split, '/x/a')?.path, '/x/:name');
    assert.equal(find(split, '/y/a')?.path, '/*rest');
  });

  it('goes by specificity across plugins', () => {
    const router = new Router();
    router.mount(mountOf('one', ['/:any']));
    router.mount(mountOf('two', ['/fixed']));
    assert.equal(find(router, '/fixed')?.path, '/fixed');
  });

  it('serves HEAD from GET, and ALL with every verb', () => {
    const router = routerOf('/a');
    router.mount({ plugin: 'all', generation: 1, routes: [route('ALL', '/b')] });
    assert.ok(find(router, '/a', 'HEAD'));
    assert.equal(find(router, '/a', 'POST'), undefined);
    for (const verb of ['GET', 'HEAD', 'PROPFIND', 'OPTIONS']) assert.ok(find(router, '/b', verb));
  });

  it('replaces one generation by another in its place, and takes one away', () => {
    const router = routerOf('/old');
    router.mount(mountOf('other', ['/other']));
    router.replace(mountOf('sample', ['/new'], 2));
    assert.equal(find(router, '/old'), undefined);
    assert.ok(find(router, '/new') && find(router, '/other'));
    assert.equal(router.unmount('sample', 1), false);
    assert.equal(router.unmount('sample', 2), true);
    assert.equal(find(router, '/new'), undefined);
    assert.ok(find(router, '/other'));
    router.replace(mountOf('third', ['/third']));
    assert.ok(find(router, '/third'));
  });

  it('lets a new generation with the same routes serve at once', () => {
    const router = routerOf('/a', '/b/:id');
    const next = mountOf('sample', ['/a', '/b/:id'], 2);
    router.replace(next);
    assert.equal(router.find('GET', '/a')?.route, next.routes[0]);
    assert.equal(router.find('GET', '/b/1')?.route, next.routes[1]);
    assert.equal(router.unmount('sample', 1), false);
    router.replace(mountOf('sample', ['/a', '/c'], 3));
    assert.equal(find(router, '/b/1'), undefined);
    assert.ok(find(router, '/c'));
    assert.equal(router.unmount('sample', 3), true);
    assert.equal(find(router, '/a'), undefined);
  });

  it('finds among many neighbours, whatever their letters', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'é', 'Ж'];
    for (const count of [8, 9, names.length]) {
      const router = routerOf(...names.slice(0, count).map((name) => `/${name}/x`));
      for (const name of names.slice(0, count)) {
        assert.equal(find(router, `/${name.toUpperCase()}/X`)?.path, `/${name}/x`);
        assert.equal(find(router, `/${encodeURIComponent(name)}/x`)?.path, `/${name}/x`);
      }
      assert.equal(find(router, '/z/x'), undefined);
      assert.equal(router.unmount('sample', 1), true);
      assert.equal(find(router, '/a/x'), undefined);
    }
  });

  it('takes a path in any encoding for the same, where it has to be encoded', () => {
    assert.ok(find(routerOf('/a b'), '/a%20b'));
    assert.ok(find(routerOf('/café'), '/caf%c3%a9'));
    assert.ok(find(routerOf('/caf%C3%A9'), '/caf%c3%a9'));
    assert.ok(find(routerOf('/a%2Fb'), '/a%2fb'));
    assert.equal(find(routerOf('/a/b'), '/a%2Fb'), undefined);
    assert.equal(find(routerOf('/%61'), '/%2561'), undefined);
    assert.ok(find(routerOf('/:x(%20)'), '/%20'));
    assert.equal(find(routerOf(/^\/a b$/), '/a%20b'), undefined);
  });

  it('is not found under letters that are encoded without need: an app’s guard would not see them either', () => {
    assert.equal(find(routerOf('/admin'), '/%61dmin'), undefined);
    assert.equal(find(routerOf('/admin/:id'), '/adm%69n/1'), undefined);
    assert.equal(find(routerOf('/a.b'), '/a%2Eb'), undefined);
    const others = [...'abcdefghij', 'ä'].map((name) => `/${name}`);
    assert.equal(find(routerOf('/keys'), '/%E2%84%AAeys'), undefined);
    assert.equal(find(routerOf('/keys', ...others), '/%E2%84%AAeys'), undefined);
    assert.ok(find(routerOf('/keys', ...others), '/KEYS'));
    assert.deepEqual(find(routerOf('/:name'), '/%E2%84%AA')?.params, { name: '\u212a' });
    assert.deepEqual(find(routerOf('/:name'), '/%61dmin')?.params, { name: 'admin' });
  });

  it('is asked for a path only', () => {
    assert.equal(find(routerOf('/:x', '*'), '*'), undefined);
    assert.ok(find(routerOf('/'), ''));
    assert.ok(find(routerOf('/'), '?x'));
  });

  it('lets a RegExp come last among plugins, and first where its plugin declares it first', () => {
    const router = routerOf(/^\/a/, '/a/:b');
    router.mount(mountOf('other', ['/:x']));
    assert.equal(find(router, '/a')?.path, '/:x');
    assert.equal(find(router, '/a/%zz')?.path, '/^\\/a/');
    assert.equal(router.unmount('sample', 1), true);
    assert.equal(find(router, '/a/b'), undefined);
  });

  it('mounts a generation once', () => {
    const router = routerOf('/a');
    assert.throws(() => router.mount(mountOf('sample', ['/b'])), /mounted already/);
  });

  it('mounts 1,000 plugins of 5 routes in less than a second', () => {
    const router = new Router();
    const claims = new RouteClaims();
    const before = process.cpuUsage();
    for (let plugin = 0; plugin < 1000; plugin++) {
      const paths = ['', '/:id', '/:id/items', '/:id/items/:item', '/*rest'].map(
        (path) => `/p${plugin}${path}`,
      );
      const mount = mountOf(`p${plugin}`, paths);
      assert.equal(claims.conflict({ name: mount.plugin, routes: mount.routes }), undefined);
      claims.claim({ name: mount.plugin, routes: mount.routes });
      router.mount(mount);
    }
    // Only against hanging: how long it takes is told by the benchmarks.
    assert.ok(process.cpuUsage(before).user < 20_000_000);
    assert.equal(find(router, '/p999/7/items/8')?.path, '/p999/:id/items/:item');
  });
});

describe('a route that is taken', () => {
  const owner = { name: 'shop', routes: [route('GET', '/users/:id'), route('ALL', '/all{/:x}')] };
  const conflict = (verb: string, path: string | RegExp, name = 'blog') => {
    const claims = new RouteClaims();
    claims.claim(owner);
    return claims.conflict({ name, routes: [route(verb, path)] });
  };

  it('fails the later plugin, naming both plugins, both methods and the fix', () => {
    const error = conflict('GET', '/USERS/:name/');
    assert.equal(error?.code, 'ROUTE_TAKEN');
    assert.equal(error?.plugin, 'blog');
    assert.match(error?.message ?? '', /blog \(Sample\..*shop \(Sample\./);
    assert.match(error?.fix ?? '', /prefix: '\/blog'/);
  });

  it('is one with the same verb, or where one of them takes all', () => {
    assert.equal(conflict('POST', '/users/:id'), undefined);
    assert.equal(conflict('ALL', '/users/:id')?.code, 'ROUTE_TAKEN');
    assert.equal(conflict('POST', '/all')?.code, 'ROUTE_TAKEN');
    assert.equal(conflict('POST', '/all/:y')?.code, 'ROUTE_TAKEN');
  });

  it('is not one that only overlaps, has another pattern, or is the same plugin’s', () => {
    assert.equal(conflict('GET', '/users/me'), undefined);
    assert.equal(conflict('GET', '/users/:id(\\d+)'), undefined);
    assert.equal(conflict('GET', /users/), undefined);
    assert.equal(conflict('GET', '/users/:id', 'shop'), undefined);
  });

  it('is free again when its plugin has gone', () => {
    const claims = new RouteClaims();
    const release = claims.claim(owner);
    const candidate = { name: 'blog', routes: [route('GET', '/users/:id')] };
    assert.ok(claims.conflict(candidate));
    release();
    assert.equal(claims.conflict(candidate), undefined);
    claims.claim(candidate);
    release();
    assert.ok(claims.conflict({ ...owner }));
  });
});
