import { deepEqual, match } from 'node:assert/strict';
import { inject, injectable } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { faultOf, startAll } from '../support/containers.ts';

@injectable('Request')
class Basket {
  readonly items: string[] = [];
}

describe('a singleton that would hold a request', () => {
  it('is an error that names the path', async () => {
    class Cache {
      constructor(@inject(Basket) readonly basket: Basket) {}
    }
    @Plugin({ name: 'p', services: [Basket, Cache] })
    class P {
      constructor(@inject(Cache) readonly cache: Cache) {}
    }
    const { code, phase, path, message, fix } = await faultOf(startAll({ plugins: [P] }));
    deepEqual([code, phase, path], ['REQUEST_SCOPE', 'plan', ['p', 'Cache', 'Basket']]);
    match(message, /p → Cache → Basket.*Cache lives as long as the plugin/);
    match(fix, /@injectable\('Request'\) on Cache/);
  });

  it('is an error through a transient as well', async () => {
    @injectable('Transient')
    class Line {
      constructor(readonly basket: Basket) {}
    }
    class Cache {
      constructor(@inject(Line) readonly line: Line) {}
    }
    @Plugin({ name: 'p', services: [Basket, Cache, Line] })
    class P {}
    const { path } = await faultOf(startAll({ plugins: [P] }));
    deepEqual(path, ['p', 'Cache', 'Line', 'Basket']);
  });

  it('is an error where it is the plugin class or an export', async () => {
    @Plugin({ name: 'p' })
    @injectable('Request')
    class P {}
    const ofClass = await faultOf(startAll({ plugins: [P] }));
    deepEqual([ofClass.code, ofClass.path], ['REQUEST_SCOPE', ['p', 'P']]);
    match(
      ofClass.message,
      /a @Plugin class, and what a plugin exports, contributes or decorates with, live as long as the plugin/,
    );

    @Plugin({ name: 'q', services: [Basket], exports: [Basket] })
    class Q {}
    deepEqual((await faultOf(startAll({ plugins: [Q] }))).path, ['q', 'Basket']);

    @injectable('Transient')
    class Line {
      constructor(readonly basket: Basket) {}
    }
    @Plugin({ name: 'r', services: [Basket, Line], exports: [Line] })
    class R {}
    deepEqual((await faultOf(startAll({ plugins: [R] }))).path, ['r', 'Line', 'Basket']);
  });
});
