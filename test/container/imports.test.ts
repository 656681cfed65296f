import { deepEqual, equal, match, notEqual, throws } from 'node:assert/strict';
import { ContainerModule, inject, injectable, multiInject, named, postConstruct, tagged } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { faultOf, startAll } from '../support/containers.ts';

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

describe('an import', () => {
  it('is refused with @multiInject, and points to what to use instead', async () => {
    @Plugin({ name: 'p' })
    class P {
      constructor(@multiInject(Zone) readonly zones: readonly string[]) {}
    }
    const fault = await faultOf(startAll({ host: [constant('utc')], plugins: [P] }));
    deepEqual([fault.code, fault.path], ['MULTI_IMPORT', ['p', 'zone']]);
    match(fault.fix, /@inject\(zone\).*extensionPoint<zone>/);
  });

  it('by name, by tag and plain is each answered with its own binding of one token', async () => {
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
    deepEqual(Object.assign({}, (await startAll({ host: [host], plugins: [P] })).get('p', P)), {
      plain: 'plain',
      named: 'by name',
      tagged: 'by tag',
    });
  });

  it('does not answer by a name that nobody asked for', async () => {
    @Plugin({ name: 'p' })
    class P {
      constructor(@inject(Zone) readonly zone: string) {}
    }
    const { container } = (await startAll({ host: [constant('utc')], plugins: [P] })).container('p');
    throws(() => container.get(Zone, { name: 'other' }));
  });

  it('by a name that the host does not have is missing', async () => {
    const host = new ContainerModule(({ bind }) => {
      bind(Zone).toConstantValue('local').whenNamed('local');
    });
    @Plugin({ name: 'p' })
    class P {
      constructor(@inject(Zone) @named('other') readonly zone: string) {}
    }
    equal((await faultOf(startAll({ host: [host], plugins: [P] }))).code, 'MISSING_IMPORT');
  });

  it('is awaited before the plugin is made, with its @postConstruct', async () => {
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

  it('of a transient is a new one for each that asks, and none is made for nobody', async () => {
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

  it('of an asynchronous transient is a new one for each that asks', async () => {
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
