import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Mount, MountedRoute } from '#lib/http/mount.js';
import { normalPath } from '#lib/http/normal-path.js';
import { matchPath } from '#lib/http/route-match.js';
import { routePattern } from '#lib/http/route-pattern.js';
import { parameter, rest, type Segment } from '#lib/http/route-shape.js';
import { Router } from '#lib/http/router.js';

/** Routers in a plain way: every route is asked, and the most specific of those that match is taken. */
class PlainRouter {
  readonly mounts: Mount[] = [];

  find(method: string, url: string): Found {
    const path = url.split(/[?#]/)[0] || '/';
    let best: { mount: Mount; rank: Rank } | undefined;
    for (const [position, mount] of this.mounts.entries()) {
      for (const [index, route] of mount.routes.entries()) {
        if (!serves(route, method) || !matches(route, path)) continue;
        const rank = rankOf(route, path, position, index);
        if (!best || compare(rank, best.rank) < 0) best = { mount, rank };
      }
    }
    // Within a plugin the first that matches is taken.
    const route = best?.mount.routes.find((one) => serves(one, method) && matches(one, path));
    return route && { route, params: { ...matchPath(route.pattern, path) } };
  }
}

type Found = { readonly route: MountedRoute; readonly params: object } | undefined;
type Rank = readonly number[];

function serves({ verb }: MountedRoute, method: string): boolean {
  return verb === 'ALL' || verb === method || (verb === 'GET' && method === 'HEAD');
}

function matches({ pattern }: MountedRoute, path: string): boolean {
  const { regexp, shapes } = pattern;
  return regexp.test(path) || (shapes.length > 0 && regexp.test(normalPath(path)));
}

/** In each segment a text, then a parameter or the end, then the rest; RegExps last; then what a RegExp decides, then by order. */
function rankOf({ pattern }: MountedRoute, path: string, position: number, index: number): Rank {
  const given = normalPath(path).toLowerCase().slice(1).split('/');
  const ranks = pattern.shapes
    .filter(({ segments }) => fits(segments, given))
    .map(({ segments, names }) => {
      const kinds = segments.map((kind) => (typeof kind === 'string' ? 0 : kind === parameter ? 1 : 2));
      return [
        ...kinds,
        ...Array.from({ length: 40 - kinds.length }, () => 1),
        names ? 1 : 0,
        position,
        index,
      ];
    });
  return ranks.sort(compare)[0] ?? [3, position, index];
}

function fits(segments: readonly Segment[], given: readonly string[]): boolean {
  for (const [position, kind] of segments.entries()) {
    const own = given[position];
    if (own === undefined) return false;
    if (kind === rest) return true;
    if (kind === parameter ? own === '' : own !== kind) return false;
  }
  const left = given.slice(segments.length);
  return left.length === 0 || (left.length === 1 && left[0] === '');
}

function compare(a: Rank, b: Rank): number {
  const position = a.findIndex((value, index) => value !== b[index]);
  return position < 0 ? 0 : (a[position] ?? 0) - (b[position] ?? 0);
}

const text = fc.constantFrom('a', 'b', 'B', 'users', 'é', 'a%20b', '50%', 'x.y', '%zz');
const routeSegment = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 3, arbitrary: fc.constantFrom(':x', ':y') },
  { weight: 1, arbitrary: fc.constantFrom(':n(\\d+)', ':from-:to', ':w(a|b)', ':any(.*)', ':o?', 'ab?', '') },
  { weight: 1, arbitrary: fc.constantFrom('*rest', '*', 'x*', '*mid/z') },
);
const stringRoute = fc
  .tuple(fc.array(routeSegment, { maxLength: 4 }), fc.constantFrom('', '', '/', '{/:last}', '{/end}'))
  .map(([segments, end]) => `/${segments.join('/')}${end}`);
const route = fc
  .tuple(
    fc.constantFrom('GET', 'GET', 'POST', 'ALL', 'HEAD'),
    fc.oneof(
      { weight: 12, arbitrary: stringRoute },
      { weight: 1, arbitrary: fc.constantFrom<string | RegExp>(/^\/a\/(\d+)/, /users$/i, '*', '') },
    ),
  )
  .map(([verb, path]) => ({
    verb,
    pattern: routePattern(path),
    action: String(path),
    service: { handle: () => undefined },
  }));
const routes = fc.array(route, { maxLength: 6 });

const requestSegment = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom('1', '12', 'a-b', '', 'z', 'end', 'AB') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('%C3%A9', '%61', '%2F', '%25', '%C3', '%', '%E0%A4', '😀', 'a%2fb'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }).map((value) => value.replaceAll(/[?#]/g, '')) },
);
const url = fc
  .tuple(
    fc.array(requestSegment, { maxLength: 5 }),
    fc.constantFrom('', '', '/', '//', '?q=/a/b', '#f', `/${'y/'.repeat(30)}`),
  )
  .map(([segments, end]) => `/${segments.join('/')}${end}`);
const method = fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'OPTIONS');
const requests = fc.array(fc.tuple(method, url), { minLength: 5, maxLength: 20 });

function found(router: Pick<Router, 'find'> | PlainRouter, verb: string, target: string): unknown {
  try {
    const match = router.find(verb, target);
    return match && { route: match.route, params: { ...match.params } };
  } catch (error) {
    assert.ok(error instanceof URIError, String(error));
    return 'URIError';
  }
}

const runs = { seed: 20, numRuns: 1000 };

describe('the router, with any routes and any paths', () => {
  it('finds what asking every route finds', () => {
    fc.assert(
      fc.property(fc.array(routes, { minLength: 1, maxLength: 4 }), requests, (plugins, asked) => {
        const [router, plain] = [new Router(), new PlainRouter()];
        for (const [index, own] of plugins.entries()) {
          const mount = { plugin: `p${index}`, generation: 1, routes: own };
          router.mount(mount);
          plain.mounts.push(mount);
        }
        for (const [verb, target] of asked) {
          assert.deepEqual(found(router, verb, target), found(plain, verb, target), `${verb} ${target}`);
        }
      }),
      runs,
    );
  });

  it('is after any changes as if made anew of what is left', () => {
    const change = fc.tuple(fc.constantFrom('mount', 'unmount', 'replace'), fc.nat(3), routes);
    fc.assert(
      fc.property(fc.array(change, { minLength: 3, maxLength: 10 }), requests, (changes, asked) => {
        const router = new Router();
        let left: Mount[] = [];
        for (const [generation, [kind, number, own]] of changes.entries()) {
          const mount = { plugin: `p${number}`, generation, routes: own };
          left = apply(router, left, kind, mount);
        }
        const anew = new Router();
        for (const mount of left) anew.mount(mount);
        for (const [verb, target] of asked) {
          assert.deepEqual(found(router, verb, target), found(anew, verb, target), `${verb} ${target}`);
        }
      }),
      { ...runs, numRuns: 300 },
    );
  });

  it('takes a path of 100,000 characters', () => {
    const router = new Router();
    const paths = ['/:a/:b', '/*rest', '/x/*mid/z'].map((path) => routePattern(path));
    const all = paths.map((pattern) => ({
      verb: 'GET',
      pattern,
      action: pattern.path,
      service: { handle: () => undefined },
    }));
    router.mount({ plugin: 'p', generation: 1, routes: all });
    assert.equal(router.find('GET', `/${'%C3%A9'.repeat(20_000)}/y`)?.route.action, '/:a/:b');
    assert.equal(router.find('GET', '/y'.repeat(50_000))?.route.action, '/*rest');
  });
});

function apply(router: Router, left: readonly Mount[], kind: string, mount: Mount): Mount[] {
  const own = left.filter(({ plugin }) => plugin === mount.plugin);
  if (kind === 'mount') {
    router.mount(mount);
    return [...left, mount];
  }
  if (kind === 'replace') {
    router.replace(mount);
    const position = left.findIndex((other) => other === own[0]);
    const others = left.filter((other) => !own.includes(other));
    return position < 0 ? [...left, mount] : others.toSpliced(position, 0, mount);
  }
  const gone = own.at(-1);
  if (gone) assert.equal(router.unmount(gone.plugin, gone.generation), true);
  return left.filter((other) => other !== gone);
}
