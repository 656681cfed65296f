import { deepEqual, equal, match, notEqual, ok, rejects } from 'node:assert/strict';
import { ContainerModule, inject, injectable, multiInject, named, optional, preDestroy } from 'inversify';
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

  it('keep the plugin class a singleton, whatever its @injectable says', async () => {
    @Plugin({ name: 'p' })
    @injectable('Transient')
    class P {}
    const bench = await startAll({ plugins: [P] });
    equal(bench.get('p', P), bench.get('p', P));
    ok(bench.container('p').singleton(P));
  });
});

describe('a factory in a module', () => {
  it('that asks for an undeclared token fails at construction, and says what to declare', async () => {
    const module = new ContainerModule(({ bind }) => {
      bind(Greeting).toDynamicValue((context) => `at ${context.get(Clock).now()}`);
    });
    @Plugin({ name: 'p', services: [module] })
    class P {}
    const { code, plugin, phase, message, fix } = await faultOf(startAll({ host: [Clock], plugins: [P] }));
    deepEqual([code, plugin, phase], ['UNDECLARED_IMPORT', 'p', 'construct']);
    match(message, /factory of "p" asked for Clock/);
    match(fix, /imports: \[Clock\]/);
  });

  it('may ask for a token that `imports` declares, and for the own ones of the plugin', async () => {
    class Prefix {
      readonly text = 'at';
    }
    const module = new ContainerModule(({ bind }) => {
      bind(Greeting).toDynamicValue((context) => `${context.get(Prefix).text} ${context.get(Clock).now()}`);
    });
    @Plugin({ name: 'p', services: [Prefix, module], imports: [Clock, Prefix] })
    class P {
      constructor(@inject(Greeting) readonly greeting: string) {}
    }
    const bench = await startAll({ host: [Clock], plugins: [P] });
    equal(bench.get('p', P).greeting, 'at noon');
    deepEqual(
      bench.container('p').needs.map(({ path }) => path),
      [['p', 'Clock']],
    );
  });

  it('may ask for an undeclared token with `optional`', async () => {
    const module = new ContainerModule(({ bind }) => {
      bind(Greeting).toDynamicValue((context) => String(context.get(Clock, { optional: true })));
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(@inject(Greeting) readonly greeting: string) {}
    }
    equal((await startAll({ host: [Clock], plugins: [P] })).get('p', P).greeting, 'undefined');
  });

  it('made by toFactory is refused when it asks for what is undeclared', async () => {
    const Make = token<() => string>('make');
    const module = new ContainerModule(({ bind }) => {
      bind(Make).toFactory((context) => () => context.get(Clock).now());
    });
    @Plugin({ name: 'undeclared', services: [module] })
    class Undeclared {
      constructor(@inject(Make) readonly make: () => string) {}
    }
    @Plugin({ name: 'declared', services: [module], imports: [Clock] })
    class Declared {
      constructor(@inject(Make) readonly make: () => string) {}
    }
    const bench = await startAll({ host: [Clock], plugins: [Undeclared, Declared] });
    equal(bench.get('declared', Declared).make(), 'noon');
    await rejects(async () => bench.get('undeclared', Undeclared).make(), { code: 'UNDECLARED_IMPORT' });
  });

  it('that can be read says what it needs: toResolvedValue and toService', async () => {
    const Alias = token<Clock>('alias');
    const module = new ContainerModule(({ bind }) => {
      bind(Greeting).toResolvedValue(
        (clock: Clock, zone: string | undefined) => `${clock.now()} ${zone}`,
        [Clock, { serviceIdentifier: token<string>('zone'), optional: true, name: 'local' }],
      );
      bind(Alias).toService(Clock);
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(
        @inject(Greeting) readonly greeting: string,
        @inject(Alias) readonly alias: Clock,
      ) {}
    }
    const bench = await startAll({ host: [Clock], plugins: [P] });
    equal(bench.get('p', P).greeting, 'noon undefined');
    equal(bench.get('p', P).alias, bench.hostContainer.container.get(Clock));
    deepEqual(
      bench.container('p').needs.map(({ path, optional: isOptional, name }) => [path, isOptional, name]),
      [
        [['p', 'greeting', 'Clock'], false, undefined],
        [['p', 'greeting', 'zone'], true, 'local'],
      ],
    );
  });

  it('that is a singleton may not ask for what is made for each request', async () => {
    @injectable('Request')
    class Basket {}
    const module = new ContainerModule(({ bind }) => {
      bind(Greeting).toDynamicValue((context) => String(context.get(Basket)));
    });
    @Plugin({ name: 'p', services: [Basket, module] })
    class P {}
    const { code, path } = await faultOf(startAll({ plugins: [P] }));
    deepEqual([code, path], ['REQUEST_SCOPE', ['p', 'greeting', 'Basket']]);
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

describe('several bindings of one token in a plugin', () => {
  it('are told apart by name, so that one may wrap the other', async () => {
    abstract class Store {
      abstract read(): string;
    }
    class RawStore extends Store {
      read(): string {
        return 'raw';
      }
    }
    @injectable()
    class CachedStore extends Store {
      constructor(@inject(Store) @named('raw') readonly inner: Store) {
        super();
      }
      read(): string {
        return `cached ${this.inner.read()}`;
      }
    }
    const module = new ContainerModule(({ bind }) => {
      bind(Store).to(RawStore).whenNamed('raw');
      bind(Store).to(CachedStore).whenDefault();
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(readonly store: Store) {}
    }
    equal((await startAll({ plugins: [P] })).get('p', P).store.read(), 'cached raw');
  });

  it('all come with @multiInject', async () => {
    const module = new ContainerModule(({ bind }) => {
      bind(Greeting).toConstantValue('a');
      bind(Greeting).toConstantValue('b');
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(@multiInject(Greeting) readonly greetings: readonly string[]) {}
    }
    deepEqual((await startAll({ plugins: [P] })).get('p', P).greetings, ['a', 'b']);
  });

  it('do not hide an import of the same token by another name', async () => {
    const own = new ContainerModule(({ bind }) => {
      bind(Greeting).toConstantValue('own').whenNamed('own');
    });
    const host = new ContainerModule(({ bind }) => {
      bind(Greeting).toConstantValue('of the host');
    });
    @Plugin({ name: 'p', services: [own] })
    class P {
      constructor(
        @inject(Greeting) @named('own') readonly mine: string,
        @inject(Greeting) readonly theirs: string,
      ) {}
    }
    const { mine, theirs } = (await startAll({ host: [host], plugins: [P] })).get('p', P);
    deepEqual([mine, theirs], ['own', 'of the host']);
  });

  it('start and stop singletons only, where one of them is transient', async () => {
    const calls: string[] = [];
    class Worker {
      onStart(): void {
        calls.push('start');
      }
      @preDestroy() end(): void {
        calls.push('end');
      }
    }
    const module = new ContainerModule(({ bind }) => {
      bind(Worker).toSelf().whenDefault();
      bind(Worker).toSelf().inTransientScope().whenNamed('each');
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(
        readonly one: Worker,
        @inject(Worker) @named('each') readonly each: Worker,
      ) {}
    }
    const bench = await startAll({ plugins: [P] });
    notEqual(bench.get('p', P).one, bench.get('p', P).each);
    const { length } = bench.container('p').created;
    bench.container('p').container.get(Worker, { name: 'each' });
    equal(bench.container('p').created.length, length);
    await bench.stop();
    deepEqual(calls, ['start', 'end']);
  });

  it('run activation handlers of the author as well', async () => {
    const calls: string[] = [];
    const module = new ContainerModule(({ bind, onActivation }) => {
      bind(Clock)
        .toSelf()
        .onActivation(async (_context, clock) => {
          calls.push('binding');
          return clock;
        })
        .whenDefault();
      onActivation(Clock, (_context, clock) => {
        calls.push('service');
        return clock;
      });
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(readonly clock: Clock) {}
    }
    const bench = await startAll({ plugins: [P] });
    deepEqual(calls, ['binding', 'service']);
    equal(bench.container('p').created[0], bench.get('p', Clock));
  });
});

describe('optional injection', () => {
  it('gives undefined where nobody offers the token', async () => {
    @Plugin({ name: 'p' })
    class P {
      constructor(@inject(Clock) @optional() readonly clock: Clock | undefined) {}
    }
    equal((await startAll({ plugins: [P] })).get('p', P).clock, undefined);
  });
});
