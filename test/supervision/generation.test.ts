import { deepEqual, equal, ok } from 'node:assert/strict';
import { ContainerModule, inject, injectable, postConstruct } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { startAll } from '../support/containers.ts';
import { needing, noting, pause } from '../support/noting.ts';

describe('a generation', () => {
  it('starts dependencies first and stops dependants first: onStop of all, then @preDestroy of all', async () => {
    const calls: string[] = [];
    const [A, B, C] = [noting(calls, 'A'), noting(calls, 'B'), noting(calls, 'C')];
    needing(A, B);
    needing(B, C);
    @Plugin({ name: 'p', services: [A, C, B] })
    class P {}
    const bench = await startAll({ plugins: [P] });
    deepEqual(calls.splice(0), ['start C', 'start B', 'start A']);
    deepEqual(await bench.stop(), []);
    deepEqual(calls, ['stop A', 'stop B', 'stop C', 'destroy A', 'destroy B', 'destroy C']);
  });

  it('stops after those that import from it', async () => {
    const calls: string[] = [];
    const Store = noting(calls, 'store');
    const User = noting(calls, 'user');
    needing(User, Store);
    @Plugin({ name: 'owner', services: [Store], exports: [Store] })
    class Owner {}
    @Plugin({ name: 'user', services: [User] })
    class UserPlugin {}
    const bench = await startAll({ plugins: [UserPlugin, Owner] });
    await bench.stop();
    deepEqual(calls, [
      'start store',
      'start user',
      'stop user',
      'destroy user',
      'stop store',
      'destroy store',
    ]);
  });

  it('awaits asynchronous values, @postConstruct and onStart', async () => {
    const Value = token<string>('value');
    const module = new ContainerModule(({ bind }) => {
      bind(Value).toDynamicValue(async () => pause(2).then(() => 'here'));
    });
    const calls: string[] = [];
    @injectable()
    class Pool {
      @postConstruct() async open(): Promise<void> {
        await pause(5);
        calls.push('opened');
      }
      async onStart(): Promise<void> {
        await pause(5);
        calls.push('started');
      }
    }
    @Plugin({ name: 'p', services: [Pool, module] })
    class P {
      constructor(
        readonly pool: Pool,
        @inject(Value) readonly value: string,
      ) {
        calls.push(`constructed with ${value}`);
      }
      onStart(): void {
        calls.push('plugin started');
      }
    }
    const bench = await startAll({ plugins: [P] });
    deepEqual(calls, ['opened', 'constructed with here', 'started', 'plugin started']);
    equal(bench.get('p', P).value, 'here');
  });

  it('starts and disposes of each instance once, by however many tokens it goes', async () => {
    const calls: string[] = [];
    const Store = noting(calls, 'store');
    const [Alias, Other] = [token('alias'), token('other')];
    const module = new ContainerModule(({ bind }) => {
      bind(Alias).toService(Store);
      bind(Other).toDynamicValue((context) => context.get(Store));
    });
    @Plugin({ name: 'p', services: [Store, module], exports: [Alias, Store] })
    class P {
      constructor(
        @inject(Alias) readonly alias: object,
        @inject(Other) readonly other: object,
      ) {}
    }
    const bench = await startAll({ plugins: [P] });
    equal(bench.get('p', P).alias, bench.get('p', P).other);
    await bench.stop();
    deepEqual(calls, ['start store', 'stop store', 'destroy store']);
  });

  it('starts neither values that somebody else made nor what is imported', async () => {
    const calls: string[] = [];
    const Store = noting(calls, 'store');
    const Value = token('value');
    const module = new ContainerModule(({ bind }) => {
      bind(Value).toConstantValue({ onStart: () => calls.push('value') });
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(
        @inject(Value) readonly value: object,
        @inject(Store) readonly store: object,
      ) {}
    }
    const bench = await startAll({ host: [Store], plugins: [P] });
    deepEqual(calls.splice(0), ['start store']);
    await bench.generations.get('p')?.stop();
    deepEqual(calls, []);
  });
});

describe('services of the host', () => {
  it('are made when a plugin first needs them, started once, and stopped after the plugins', async () => {
    const calls: string[] = [];
    const [Store, Unused] = [noting(calls, 'store'), noting(calls, 'unused')];
    const plugins = ['a', 'b'].map((name) => {
      const Own = noting(calls, name);
      needing(Own, Store);
      Plugin({ name })(Own);
      return Own;
    });
    const bench = await startAll({ host: [Store, Unused], plugins });
    deepEqual(calls.splice(0), ['start store', 'start a', 'start b']);
    deepEqual(await bench.stop(), []);
    deepEqual(
      calls.filter((call) => call.startsWith('stop')),
      ['stop b', 'stop a', 'stop store'],
    );
    ok(!calls.includes('destroy unused'));
  });
});
