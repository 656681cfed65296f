import { deepEqual, equal, match, notEqual, ok, throws } from 'node:assert/strict';
import {
  ContainerModule,
  inject,
  injectable,
  multiInject,
  named,
  postConstruct,
  tagged,
  type ContainerModuleLoadOptions,
} from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { Bench, faultOf, startAll } from '../support/containers.ts';

class Clock {
  now(): string {
    return 'noon';
  }
}
const Zone = token<string>('zone');

function constant(value: string): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(Zone).toConstantValue(value);
  });
}

describe('the gate', () => {
  it('shows a plugin what it asked for and nothing else', async () => {
    class Secret {}
    @Plugin({ name: 'p' })
    class P {
      constructor(readonly clock: Clock) {}
    }
    const { container } = (await startAll({ host: [Clock, Secret], plugins: [P] })).container('p');
    equal(container.get(Clock).now(), 'noon');
    equal(container.isBound(Secret), false);
    throws(() => container.get(Secret));
  });

  it("a host singleton first resolved through a plugin is built from the host's bindings, not the plugin's", async () => {
    class Report {
      constructor(@inject(Zone) readonly zone: string) {}
    }
    @Plugin({ name: 'p', services: [constant("the plugin's")] })
    class P {
      constructor(
        @inject(Zone) readonly zone: string,
        @inject(Report) readonly report: Report,
      ) {}
    }
    const bench = await startAll({ host: [constant("the host's"), Report], plugins: [P] });
    const plugin = bench.get('p', P);
    deepEqual([plugin.zone, plugin.report.zone], ["the plugin's", "the host's"]);
    equal(bench.hostContainer.container.get(Report), plugin.report);
  });

  it("unbind of an imported token inside a plugin never runs the host's deactivation", async () => {
    const calls: string[] = [];
    const host = new ContainerModule(({ bind, onDeactivation }) => {
      bind(Clock)
        .toSelf()
        .onDeactivation(() => {
          calls.push('binding');
        });
      onDeactivation(Clock, () => {
        calls.push('service');
      });
      bind(Zone)
        .toConstantValue('utc')
        .onDeactivation(() => {
          calls.push('constant');
        });
    });
    @Plugin({ name: 'p' })
    class P {
      constructor(
        readonly clock: Clock,
        @inject(Zone) readonly zone: string,
      ) {}
    }
    @Plugin({ name: 'q' })
    class Q {
      constructor(readonly clock: Clock) {}
    }
    const bench = await startAll({ host: [host], plugins: [P, Q] });
    const { container } = bench.container('p');
    container.unbind(Clock);
    await container.unbindAsync(Zone);
    container.unbindAll();
    deepEqual(calls, []);
    equal(bench.hostContainer.container.get(Clock).now(), 'noon');
    equal(bench.get('q', Clock).now(), 'noon');
    await bench.hostLifecycle.stop();
    deepEqual(calls, ['binding', 'service']);
  });

  it("keeps a module's load options, kept for later, inside the plugin", async () => {
    const calls: string[] = [];
    let kept: ContainerModuleLoadOptions | undefined;
    const module = new ContainerModule((options) => {
      kept = options;
    });
    @Plugin({ name: 'p', services: [module] })
    class P {
      constructor(readonly clock: Clock) {}
    }
    @Plugin({ name: 'q' })
    class Q {
      constructor(readonly clock: Clock) {}
    }
    const bench = await startAll({ host: [Clock], plugins: [P, Q] });
    ok(kept);
    kept.onActivation(Clock, () => ({ now: () => 'false' }));
    kept.onDeactivation(Clock, () => {
      calls.push('deactivated');
    });
    kept.unbind(Clock);
    await kept.unbindAsync(Clock);
    kept.bind(Clock).toConstantValue({ now: () => 'false' });
    kept.rebind(Clock).toConstantValue({ now: () => 'falser' });
    (await kept.rebindAsync(Clock)).toConstantValue({ now: () => 'falsest' });
    equal(bench.get('p', Clock).now(), 'falsest');
    equal(bench.get('q', Clock).now(), 'noon');
    equal(bench.hostContainer.container.get(Clock).now(), 'noon');
    await bench.hostLifecycle.stop();
    deepEqual(calls, []);
  });

  it("keeps a plugin's snapshots and its handlers to itself", async () => {
    @Plugin({ name: 'p' })
    class P {
      constructor(readonly clock: Clock) {}
    }
    const bench = await startAll({ host: [Clock], plugins: [P] });
    const { container } = bench.container('p');
    container.snapshot();
    container.onActivation(Clock, () => ({ now: () => 'false' }));
    container.bind(Clock).toConstantValue({ now: () => 'falser' });
    container.restore();
    equal(container.get(Clock).now(), 'noon');
    equal(bench.hostContainer.container.get(Clock).now(), 'noon');
  });

  it('refuses @multiInject of an import, and points to what to use instead', async () => {
    @Plugin({ name: 'p' })
    class P {
      constructor(@multiInject(Zone) readonly zones: readonly string[]) {}
    }
    const fault = await faultOf(startAll({ host: [constant('utc')], plugins: [P] }));
    deepEqual([fault.code, fault.path], ['MULTI_IMPORT', ['p', 'zone']]);
    match(fault.fix, /@inject\(zone\).*extension point/);
  });

  it('answers a named, a tagged and a plain import of one token each with its own', async () => {
    const host = new ContainerModule(({ bind }) => {
      bind(Zone).toConstantValue('plain').whenDefault();
      bind(Zone).toConstantValue('by name').whenNamed('local');
      bind(Zone).toConstantValue('by tag').whenTagged('season', 'summer');
    });
    @Plugin({ name: 'p' })
    class P {
      constructor(
        @inject(Zone) readonly plain: string,
        @inject(Zone) @named('local') readonly named: string,
        @inject(Zone) @tagged('season', 'summer') readonly tagged: string,
      ) {}
    }
    deepEqual(
      { ...(await startAll({ host: [host], plugins: [P] })).get('p', P) },
      {
        plain: 'plain',
        named: 'by name',
        tagged: 'by tag',
      },
    );
  });

  it('does not answer a named import that only a plain one was asked for', async () => {
    @Plugin({ name: 'p' })
    class P {
      constructor(@inject(Zone) readonly zone: string) {}
    }
    const { container } = (await startAll({ host: [constant('utc')], plugins: [P] })).container('p');
    throws(() => container.get(Zone, { name: 'other' }));
  });

  it('fails an import by a name that the host does not have', async () => {
    const host = new ContainerModule(({ bind }) => {
      bind(Zone).toConstantValue('local').whenNamed('local');
    });
    @Plugin({ name: 'p' })
    class P {
      constructor(@inject(Zone) @named('other') readonly zone: string) {}
    }
    equal((await faultOf(startAll({ host: [host], plugins: [P] }))).code, 'MISSING_IMPORT');
  });

  it('awaits asynchronous host services, and their @postConstruct, before the plugin is made', async () => {
    class Pool {
      open = false;
      @postConstruct() async connect(): Promise<void> {
        await new Promise((resolve) => setTimeout(resolve, 5));
        this.open = true;
      }
    }
    const host = new ContainerModule(({ bind }) => {
      bind(Zone).toDynamicValue(async () => Promise.resolve('later'));
    });
    @Plugin({ name: 'p' })
    class P {
      readonly wasOpen: boolean;
      constructor(
        readonly pool: Pool,
        @inject(Zone) readonly zone: string,
      ) {
        this.wasOpen = pool.open;
      }
    }
    const plugin = (await startAll({ host: [Pool, host], plugins: [P] })).get('p', P);
    deepEqual([plugin.wasOpen, plugin.zone], [true, 'later']);
  });

  it('gives a new transient to each that asks, and makes none for nobody', async () => {
    let made = 0;
    @injectable('Transient')
    class Ticket {
      readonly number = ++made;
    }
    class Other {
      constructor(readonly ticket: Ticket) {}
    }
    Reflect.defineMetadata('design:paramtypes', [Ticket], Other);
    @Plugin({ name: 'p', services: [Other] })
    class P {
      constructor(
        readonly ticket: Ticket,
        readonly other: Other,
      ) {}
    }
    const bench = await startAll({ host: [Ticket], plugins: [P] });
    const plugin = bench.get('p', P);
    notEqual(plugin.ticket, plugin.other.ticket);
    equal(made, 2);
    equal(bench.get('p', Ticket).number, 3);
  });

  it('gives a new asynchronous transient to each that asks', async () => {
    let made = 0;
    const host = new ContainerModule(({ bind }) => {
      bind(Zone)
        .toDynamicValue(async () => Promise.resolve(`zone ${++made}`))
        .inTransientScope();
    });
    class Other {
      constructor(@inject(Zone) readonly zone: string) {}
    }
    @Plugin({ name: 'p', services: [Other] })
    class P {
      constructor(
        @inject(Zone) readonly zone: string,
        @inject(Other) readonly other: Other,
      ) {}
    }
    const plugin = (await startAll({ host: [host], plugins: [P] })).get('p', P);
    notEqual(plugin.zone, plugin.other.zone);
  });

  it('makes a thousand plugins in one process', async () => {
    const plugins = Array.from({ length: 1_000 }, (_, index) => {
      class P {
        constructor(@inject(Clock) readonly clock: Clock) {}
      }
      Plugin({ name: `p-${index}` })(P);
      return P;
    });
    const bench = await startAll({ host: [Clock], plugins });
    equal(bench.generations.size, 1_000);
  });
});

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
