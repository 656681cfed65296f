import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { ContainerModule, inject, injectable, multiInject, named, optional, preDestroy } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { faultOf, startAll } from '../support/containers.ts';

class Clock {
  now(): string {
    return 'noon';
  }
}
const Greeting = token<string>('greeting');

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

  it('are a fault, with the cure, where one is asked for and nothing tells which', async () => {
    class Till {
      constructor(@inject(Greeting) readonly greeting: string) {}
    }
    const module = new ContainerModule(({ bind }) => {
      bind(Greeting).toConstantValue('hello');
      bind(Greeting).toConstantValue('hi');
    });
    @Plugin({ name: 'p', services: [module, Till] })
    class P {}
    const { code, path, message, fix } = await faultOf(startAll({ plugins: [P] }));
    deepEqual([code, path], ['AMBIGUOUS_BINDING', ['p', 'Till', 'greeting']]);
    match(message, /binds greeting 2 times/);
    match(fix, /@named\('a'\).*@multiInject\(greeting\)/);
  });
});
