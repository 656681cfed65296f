import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { ContainerModule, inject, injectable } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token, tokenName } from '#lib/plugin/tokens.js';
import { Bench, faultOf, startAll } from '../support/containers.ts';

class Clock {
  now(): string {
    return 'noon';
  }
}
const Greeting = token<string>('greeting');

describe('services of a plugin', () => {
  it('are classes, pairs and modules, all singletons', async () => {
    abstract class Store {
      abstract readonly kind: string;
    }
    class MemoryStore extends Store {
      readonly kind = 'memory';
    }
    const module = new ContainerModule(({ bind }) => {
      bind(Greeting).toConstantValue('hello');
    });
    @Plugin({ name: 'p', services: [Clock, [Store, MemoryStore], module] })
    class P {
      constructor(
        readonly clock: Clock,
        readonly store: Store,
        @inject(Greeting) readonly greeting: string,
      ) {}
    }
    const bench = await startAll({ plugins: [P] });
    const plugin = bench.get('p', P);
    deepEqual([plugin.clock.now(), plugin.store.kind, plugin.greeting], ['noon', 'memory', 'hello']);
    equal(bench.get('p', Clock), plugin.clock);
    equal(bench.get('p', P), plugin);
  });

  it('may be bound by an asynchronous module', async () => {
    const module = new ContainerModule(async ({ bind }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      bind(Greeting).toConstantValue('late');
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(@inject(Greeting) readonly greeting: string) {}
    }
    equal((await startAll({ plugins: [P] })).get('p', P).greeting, 'late');
  });

  for (const [service, what] of [
    [undefined, 'undefined'],
    [[Clock, undefined], '[Clock, undefined]'],
    [{ bind: Clock }, 'object'],
  ] as const) {
    it(`may not be ${what}, which a circular import leaves, say`, async () => {
      @Plugin({ name: 'p', services: [Clock, service as never] })
      class P {}
      const { code, path, message, fix } = await faultOf(startAll({ plugins: [P] }));
      deepEqual([code, path], ['INVALID_SERVICE', ['p', 'services[1]']]);
      ok(message.startsWith(`services[1] of "p" is ${what}, which is neither a class`));
      match(fix, /\[TheToken, TheClass\]/);
    });
  }

  it('include middlewares, interceptors and what controllers use, but no Express functions', async () => {
    class Audit {
      use(): void {}
    }
    class Faults {
      error(): void {}
    }
    class Wrap {
      intercept(): void {}
    }
    @Plugin({ name: 'p', middlewares: [Audit, Faults, (): void => undefined], interceptors: [Wrap] })
    class P {}
    const { records } = (await startAll({ plugins: [P] })).container('p');
    deepEqual(
      records.map(({ token: bound }) => tokenName(bound)),
      ['P', 'Audit', 'Faults', 'Wrap'],
    );
  });

  it('keep the plugin class a singleton, whatever its @injectable says', async () => {
    @Plugin({ name: 'p' })
    @injectable('Transient')
    class P {}
    const bench = await startAll({ plugins: [P] });
    equal(bench.get('p', P), bench.get('p', P));
    ok(bench.container('p').singleton(P));
  });
});

describe('what is recorded of a module', () => {
  async function recordsOf(module: ContainerModule): Promise<readonly unknown[]> {
    @Plugin({ name: 'p', services: [module] })
    class P {}
    const bench = await new Bench({ plugins: [P] }).planGraph();
    const { records } = bench.container('p');
    return records
      .filter((record) => record.token !== P)
      .map(({ token: bound, scope, name, tag }) => [tokenName(bound), scope, name ?? tag?.value]);
  }

  it('is the scope, the name and the tag of each binding', async () => {
    class A {}
    class B {}
    class C {}
    @injectable('Transient')
    class D {}
    const module = new ContainerModule(({ bind }) => {
      bind(A).toSelf().inRequestScope();
      bind(B).toSelf().inTransientScope().whenNamed('b');
      bind(C).toSelf().inSingletonScope().whenTagged('season', 'summer');
      bind(D).toSelf();
      bind(Greeting)
        .toDynamicValue(() => 'x')
        .inRequestScope();
    });
    deepEqual(await recordsOf(module), [
      ['A', 'Request', undefined],
      ['B', 'Transient', 'b'],
      ['C', 'Singleton', 'summer'],
      ['D', 'Transient', undefined],
      ['greeting', 'Request', undefined],
    ]);
  });

  it('leaves out what the module itself unbinds, rebinds or never finishes', async () => {
    class Needy {
      constructor(@inject(Clock) readonly clock: Clock) {}
    }
    const module = new ContainerModule(async ({ bind, rebind, rebindAsync, unbind, unbindAsync }) => {
      bind(Clock).to(Needy as never);
      rebind(Clock).toConstantValue(new Clock());
      bind(Greeting).toConstantValue('first');
      (await rebindAsync(Greeting)).toConstantValue('second');
      const Gone = token('gone');
      unbind(bind(Gone).toConstantValue(1).getIdentifier());
      bind(Gone).toConstantValue(2);
      await unbindAsync(Gone);
      bind(token('unfinished'));
    });
    deepEqual(await recordsOf(module), [
      ['Clock', 'Singleton', undefined],
      ['greeting', 'Singleton', undefined],
    ]);
  });

  it('keeps what only particular classes may ask for, and what it needs', async () => {
    class Raw {
      constructor(@inject(Clock) readonly clock: Clock) {}
    }
    const Store = token<object>('store');
    const module = new ContainerModule(({ bind }) => {
      bind(Store).to(Raw).whenParentIs(P2);
    });
    class P2 {
      constructor(@inject(Store) readonly store: Raw) {}
    }
    @Plugin({ name: 'p', services: [module, P2] })
    class P {
      constructor(readonly inner: P2) {}
    }
    const bench = await startAll({ host: [Clock], plugins: [P] });
    equal(bench.get('p', P).inner.store.clock.now(), 'noon');
  });

  it('lets isBound see what was bound before', async () => {
    let seen: readonly boolean[] = [];
    const module = new ContainerModule(({ bind, isBound }) => {
      bind(Greeting).toConstantValue('hello');
      seen = [isBound(Greeting), isBound(Clock)];
    });
    @Plugin({ name: 'p', services: [module] })
    class P {}
    await startAll({ host: [Clock], plugins: [P] });
    deepEqual(seen, [true, false]);
  });
});
