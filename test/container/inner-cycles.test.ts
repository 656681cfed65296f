import { deepEqual, equal, match } from 'node:assert/strict';
import { inject } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { faultOf, startAll } from '../support/containers.ts';

describe('a cycle inside a plugin', () => {
  it('is found before anything is constructed, with its path', async () => {
    const Hen = token<object>('hen');
    class Egg {
      constructor(@inject(Hen) readonly hen: object) {}
    }
    class Shell {
      constructor(@inject(Egg) readonly egg: Egg) {}
    }
    @Plugin({ name: 'p', services: [Egg, [Hen, Shell]] })
    class P {
      constructor(readonly egg: Egg) {}
    }
    const { code, path, message, fix } = await faultOf(startAll({ plugins: [P] }));
    deepEqual([code, path], ['INNER_CYCLE', ['p', 'Egg', 'hen', 'Egg']]);
    match(message, /Egg → hen → Egg/);
    match(fix, /Move what Egg and hen share/);
  });

  it('of a class with itself names it once', async () => {
    class Narcissus {
      constructor(@inject(Narcissus) readonly self: object) {}
    }
    @Plugin({ name: 'p', services: [Narcissus] })
    class P {}
    const { code, fix } = await faultOf(startAll({ plugins: [P] }));
    equal(code, 'INNER_CYCLE');
    match(fix, /Narcissus injects itself/);
  });
});
