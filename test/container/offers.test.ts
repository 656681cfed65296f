import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { inject, injectable } from 'inversify';
import { describeOffer } from '#lib/container/offers.js';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { failureOf } from '../support/containers.ts';
import { graphOf, sketch } from '../support/sketches.ts';

class Clock {}
class Mailer {}

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

  it('names up to three of the plugins that could not be loaded, and counts the others', () => {
    const fix = (...unreadable: readonly string[]): string =>
      describeOffer(Mailer, 'p', { plugins: [], host: [], unreadable });
    ok(!fix().includes('could not be loaded'));
    match(fix('a', 'b', 'c'), /could not be loaded exports it: a, b, c\.$/);
    match(fix('a', 'b', 'c', 'd', 'e'), /could not be loaded exports it: a, b, c and 2 more\.$/);
  });

  it('does not propose what the plugin has itself, or what has hardly a letter in common', () => {
    const own = { name: 'p', exports: [], bound: [Mailer] };
    const other = { name: 'q', exports: [Clock], bound: [Clock] };
    const fix = describeOffer(Mailer, 'p', { plugins: [own, other], host: [], unreadable: [] });
    match(fix, /^Bind it in the host/);
  });

  it('proposes the near name that there is, and says who of several offers it', () => {
    class MailBox {}
    class Mailers {}
    const offers = [
      { name: 'q', exports: [Clock], bound: [Clock] },
      { name: 'r', exports: [Clock, Mailers], bound: [Clock, Mailers] },
    ];
    const market = { plugins: offers, host: [MailBox], unreadable: [] };
    match(describeOffer(Mailer, 'p', market), /^Did you mean Mailers, which the plugin "r" offers\?/);
    match(describeOffer(Mailer, 'p', { ...market, plugins: [] }), /^Bind it in the host/);
    match(describeOffer(token('m'), 'p', { ...market, host: [token('n')] }), /^Bind it in the host/);
  });
});
