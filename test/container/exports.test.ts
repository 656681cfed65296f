import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { ContainerModule, inject, injectable, named, optional } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { Bench, faultOf, startAll } from '../support/containers.ts';

class Clock {
  now(): string {
    return 'noon';
  }
}
const Zone = token<string>('zone');

describe('an export', () => {
  it('is the same instance for its owner and for whoever imports it', async () => {
    @injectable()
    class Store {
      constructor(readonly clock: Clock) {}
    }
    @Plugin({ name: 'owner', services: [Store], exports: [Store] })
    class Owner {
      constructor(readonly store: Store) {}
    }
    @Plugin({ name: 'user' })
    class User {
      constructor(readonly store: Store) {}
    }
    const bench = await startAll({ host: [Clock], plugins: [User, Owner] });
    equal(bench.get('user', User).store, bench.get('owner', Owner).store);
    equal(bench.get('user', User).store.clock, bench.hostContainer.container.get(Clock));
  });

  it('may be asynchronous, a transient, or an alias', async () => {
    const Alias = token<Clock>('alias');
    @injectable('Transient')
    class Ticket {}
    const module = new ContainerModule(({ bind }) => {
      bind(Zone).toDynamicValue(async () => Promise.resolve('later'));
      bind(Alias).toService(Clock);
    });
    @Plugin({ name: 'owner', services: [module, Ticket, Clock], exports: [Zone, Ticket, Alias] })
    class Owner {}
    @Plugin({ name: 'user' })
    class User {
      constructor(
        @inject(Zone) readonly zone: string,
        readonly a: Ticket,
        readonly b: Ticket,
        @inject(Alias) readonly clock: Clock,
      ) {}
    }
    const bench = await startAll({ plugins: [Owner, User] });
    const { zone, a, b, clock } = bench.get('user', User);
    equal(zone, 'later');
    notEqual(a, b);
    equal(clock, bench.get('owner', Clock));
  });

  it('is left out where an optional import asks for it by a name that it does not have', async () => {
    const module = new ContainerModule(({ bind }) => {
      bind(Zone).toConstantValue('utc').whenNamed('utc');
    });
    @Plugin({ name: 'owner', services: [module], exports: [Zone] })
    class Owner {}
    @Plugin({ name: 'user' })
    class User {
      constructor(
        @inject(Zone) @named('utc') readonly utc: string,
        @inject(Zone) @named('local') @optional() readonly local: string | undefined,
      ) {}
    }
    const { utc, local } = (await startAll({ plugins: [Owner, User] })).get('user', User);
    deepEqual([utc, local], ['utc', undefined]);
  });

  it('that cannot be made fails the importer, and says whose fault it is', async () => {
    let broken = false;
    @injectable('Transient')
    class Ticket {
      constructor() {
        if (broken) throw new Error('out of tickets');
      }
    }
    @Plugin({ name: 'owner', services: [Ticket], exports: [Ticket] })
    class Owner {}
    @Plugin({ name: 'user' })
    class User {
      constructor(readonly ticket: Ticket) {}
    }
    const bench = await new Bench({ plugins: [Owner, User] }).plan();
    await bench.startPlugin('owner');
    broken = true;
    const fault = await faultOf(bench.startPlugin('user'));
    deepEqual([fault.code, fault.plugin, fault.path], ['IMPORT_UNAVAILABLE', 'user', ['user', 'Ticket']]);
    match(fault.message, /the plugin "owner" offers Ticket but could not provide it: out of tickets/);
    match(fault.fix, /"user" itself needs no change/);
  });

  it('that cannot be made by the host fails the importer alone, also when its onStart fails', async () => {
    class Pool {
      onStart(): void {
        throw new Error('no database');
      }
    }
    @Plugin({ name: 'p' })
    class P {
      constructor(readonly pool: Pool) {}
    }
    const fault = await faultOf(startAll({ host: [Pool], plugins: [P] }));
    deepEqual([fault.code, fault.plugin], ['IMPORT_UNAVAILABLE', 'p']);
    match(fault.message, /the host offers Pool but could not provide it: .*no database/);
  });
});
