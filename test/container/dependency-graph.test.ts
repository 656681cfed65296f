import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { ContainerModule, inject, injectable, named, optional } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token, type Class, type Token } from '#lib/plugin/tokens.js';
import { Bench, failureOf, faultOf, startAll } from '../support/containers.ts';

class Clock {}
class Mailer {}
class Ledger {}

interface Sketch {
  readonly imports?: readonly Token[];
  readonly exports?: readonly Class[];
  readonly requires?: Readonly<Record<string, string>>;
}

/** A plugin that imports and exports what is told. */
function sketch(name: string, { imports = [], exports = [], requires = {} }: Sketch): Class {
  class P {}
  Plugin({ name, services: exports, exports, imports, requires })(P);
  return P;
}

async function graphOf(plugins: readonly Class[], host: readonly Class[] = []): Promise<Bench> {
  return new Bench({ plugins, host }).planGraph();
}

describe('the start order', () => {
  it('has dependencies first, and the given order where there is a choice', async () => {
    const bench = await graphOf([
      sketch('c', { imports: [Mailer] }),
      sketch('x', {}),
      sketch('b', { imports: [Clock], exports: [Mailer] }),
      sketch('a', { exports: [Clock] }),
    ]);
    deepEqual(bench.graph.order, ['a', 'b', 'c', 'x']);
    deepEqual(bench.graph.dependencies.get('c'), [{ on: 'b', via: 'Mailer', optional: false }]);
    equal(bench.graph.failures.size, 0);
  });

  it('follows `requires`, as far as there are such plugins', async () => {
    const bench = await graphOf([sketch('b', { requires: { a: '^1', gone: '^2' } }), sketch('a', {})]);
    deepEqual(bench.graph.order, ['a', 'b']);
    deepEqual([...bench.graph.failures], []);
  });

  it('knows an optional dependency from one that is needed', async () => {
    @Plugin({ name: 'user' })
    class User {
      constructor(
        @inject(Clock) @optional() readonly clock: Clock | undefined,
        @inject(Mailer) @optional() readonly mailer: Mailer | undefined,
        @inject(Ledger) readonly ledger: Ledger,
      ) {}
    }
    const bench = await graphOf([
      User,
      sketch('a', { exports: [Clock] }),
      sketch('b', { exports: [Mailer, Ledger] }),
    ]);
    deepEqual(bench.graph.order, ['a', 'b', 'user']);
    deepEqual(bench.graph.dependencies.get('user'), [
      { on: 'a', via: 'Clock', optional: true },
      { on: 'b', via: 'Mailer', optional: false },
    ]);
  });

  it('needs what is optional in one class and not in another', async () => {
    class Other {
      constructor(@inject(Clock) readonly clock: Clock) {}
    }
    @Plugin({ name: 'user', services: [Other] })
    class User {
      constructor(@inject(Clock) @optional() readonly clock: Clock | undefined) {}
    }
    equal(failureOf(await graphOf([User]), 'user').code, 'MISSING_IMPORT');
  });

  it('does not take what a plugin binds itself for an import', async () => {
    @Plugin({ name: 'self', services: [Clock], exports: [Clock] })
    class Self {
      constructor(readonly clock: Clock) {}
    }
    const bench = await graphOf([Self]);
    deepEqual(bench.container('self').needs, []);
    deepEqual(bench.graph.dependencies.get('self'), []);
  });

  it('does not make a plugin wait for itself where it exports a token that it binds by another name', async () => {
    const module = new ContainerModule(({ bind }) => {
      bind(Clock).toSelf().whenNamed('utc');
    });
    @Plugin({ name: 'self', services: [module], exports: [Clock] })
    class Self {
      constructor(@inject(Clock) @named('local') readonly clock: Clock) {}
    }
    equal(failureOf(await graphOf([Self]), 'self').code, 'MISSING_IMPORT');
  });
});

describe('a cycle of plugins', () => {
  it('of two fails both, each with the whole path and the fix', async () => {
    const bench = await graphOf([
      sketch('a', { imports: [Mailer], exports: [Clock] }),
      sketch('b', { imports: [Clock], exports: [Mailer] }),
      sketch('bystander', { imports: [Clock] }),
    ]);
    const a = failureOf(bench, 'a');
    equal(a.code, 'DEPENDENCY_CYCLE');
    deepEqual(a.path, ['a', 'Mailer', 'b', 'Clock', 'a']);
    match(a.message, /a → Mailer → b → Clock → a/);
    match(a.fix, /Move Mailer into a plugin of its own/);
    deepEqual(failureOf(bench, 'b').path, ['b', 'Clock', 'a', 'Mailer', 'b']);
    deepEqual([...bench.graph.failures.keys()].sort(), ['a', 'b']);
  });

  it('of three names all three, also through `requires`', async () => {
    const bench = await graphOf([
      sketch('a', { imports: [Mailer] }),
      sketch('b', { exports: [Mailer], requires: { c: '^1' } }),
      sketch('c', { requires: { a: '^1' } }),
    ]);
    deepEqual(failureOf(bench, 'c').path, ['c', 'requires', 'a', 'Mailer', 'b', 'requires', 'c']);
    equal(bench.graph.failures.size, 3);
  });

  it('of `requires` alone says to take one out', async () => {
    const bench = await graphOf([
      sketch('a', { requires: { b: '^1' } }),
      sketch('b', { requires: { a: '^1' } }),
    ]);
    match(failureOf(bench, 'a').fix, /Take one of them out of the other's "requires"/);
  });
});

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

describe('exports', () => {
  it('are private unless named: the error says who has the token and what to write there', async () => {
    @injectable()
    class InvoiceStore {
      constructor(readonly clock: Clock) {}
    }
    @Plugin({ name: 'billing', services: [InvoiceStore] })
    class Billing {
      constructor(readonly store: InvoiceStore) {}
    }
    @Plugin({ name: 'time', services: [Clock] })
    class Time {}
    const { code, plugin, phase, path, message, fix } = failureOf(await graphOf([Billing, Time]), 'billing');
    deepEqual([code, plugin, phase], ['MISSING_IMPORT', 'billing', 'plan']);
    deepEqual(path, ['billing', 'InvoiceStore', 'Clock']);
    match(message, /billing → InvoiceStore → Clock: nobody offers Clock/);
    match(fix, /plugin "time" has Clock but does not export it.*name: 'time', exports: \[Clock\]/);
  });

  it('that nothing is bound to fail their plugin, with the line to write', async () => {
    const Zone = token('zone');
    @Plugin({ name: 'p', exports: [Clock] })
    class P {}
    @Plugin({ name: 'q', exports: [Zone] })
    class Q {}
    const bench = await graphOf([P, Q]);
    equal(failureOf(bench, 'p').code, 'EXPORT_NOT_BOUND');
    match(failureOf(bench, 'p').fix, /services: \[Clock\], exports: \[Clock\]/);
    match(failureOf(bench, 'q').fix, /services: \[\[zone, TheClass\]\]/);
  });

  it('that another plugin has already fail the later one, naming both', async () => {
    const bench = await graphOf([
      sketch('first', { exports: [Clock] }),
      sketch('second', { exports: [Clock] }),
    ]);
    const { code, message } = failureOf(bench, 'second');
    equal(code, 'EXPORT_TAKEN');
    match(message, /"second" exports Clock, which "first" offers already/);
    equal(bench.graph.failures.size, 1);
    equal(bench.graph.exporters.get(Clock), 'first');
  });

  it('of what the host binds fail, naming the host', async () => {
    const bench = await graphOf([sketch('p', { exports: [Clock] })], [Clock]);
    match(failureOf(bench, 'p').message, /which the host offers already/);
  });

  it('may be named twice by their own plugin', async () => {
    @Plugin({ name: 'p', services: [Clock], exports: [Clock, Clock] })
    class P {}
    equal((await graphOf([P])).graph.failures.size, 0);
  });
});

describe('a missing import', () => {
  it('is told together with all others of the plugin', async () => {
    const bench = await graphOf([sketch('p', { imports: [Clock, Mailer] })]);
    const { message, fix } = failureOf(bench, 'p');
    deepEqual(message.split('\n'), ['p → Clock: nobody offers Clock.', 'p → Mailer: nobody offers Mailer.']);
    equal(fix.split('\n').length, 2);
    match(fix, /createHost\(\{ services: \[\[Clock, MyClock\]\] \}\)/);
  });

  it('goes by the shortest way from the plugin', async () => {
    class Deep {
      constructor(@inject(Clock) readonly clock: Clock) {}
    }
    class Long {
      constructor(@inject(Deep) readonly deep: Deep) {}
    }
    class Longer {
      constructor(@inject(Long) readonly long: Long) {}
    }
    class Short {
      constructor(@inject(Deep) readonly deep: Deep) {}
    }
    @Plugin({ name: 'p', services: [Longer, Long, Short, Deep] })
    class P {
      constructor(
        readonly longer: Longer,
        readonly short: Short,
      ) {}
    }
    deepEqual(failureOf(await graphOf([P]), 'p').path, ['p', 'Short', 'Deep', 'Clock']);
  });

  it('whose twin the host or another plugin offers says that it was loaded twice', async () => {
    const twin = { Clock: class Clock {} }.Clock;
    const fromHost = failureOf(await graphOf([sketch('p', { imports: [Clock] })], [twin]), 'p');
    match(fromHost.fix, /^The host offers another Clock\. .*loaded twice/);
    match(fromHost.fix, /#contracts.*token<Clock>\('Clock'\)/);
    const fromPlugin = failureOf(
      await graphOf([sketch('p', { imports: [Clock] }), sketch('q', { exports: [twin] })]),
      'p',
    );
    match(fromPlugin.fix, /The plugin "q" offers another Clock/);
  });

  it('asks whether a near name was meant', async () => {
    class MailerService {}
    const fromHost = failureOf(await graphOf([sketch('p', { imports: [Mailer] })], [MailerService]), 'p');
    match(fromHost.fix, /Did you mean MailerService, which the host offers\?/);
    const bench = await graphOf([
      sketch('p', { imports: [Mailer] }),
      sketch('q', { exports: [MailerService] }),
    ]);
    match(failureOf(bench, 'p').fix, /Did you mean MailerService, which the plugin "q" offers\?/);
  });

  it('of a named token shows how to bind that', async () => {
    const Zone = token('x');
    const bench = await graphOf([sketch('p', { imports: [Zone] })], [Clock]);
    match(failureOf(bench, 'p').fix, /services: \[\[x, TheClass\]\]/);
    ok(!failureOf(bench, 'p').fix.includes('Did you mean'));
  });
});
