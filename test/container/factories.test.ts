import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { ContainerModule, inject, injectable } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { faultOf, startAll } from '../support/containers.ts';

class Clock {
  now(): string {
    return 'noon';
  }
}
const Greeting = token<string>('greeting');

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
      bind(Greeting).toDynamicValue((context) => typeof context.get(Clock, { optional: true }));
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
      bind<() => string>(Make).toFactory((context) => () => context.get(Clock).now());
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
      bind(Greeting).toDynamicValue((context) => typeof context.get(Basket));
    });
    @Plugin({ name: 'p', services: [Basket, module] })
    class P {}
    const { code, path } = await faultOf(startAll({ plugins: [P] }));
    deepEqual([code, path], ['REQUEST_SCOPE', ['p', 'greeting', 'Basket']]);
  });
});
