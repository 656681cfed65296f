import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { ContainerModule, inject, type ContainerModuleLoadOptions } from 'inversify';
import { Plugin } from '#lib/plugin/decorator.js';
import { token } from '#lib/plugin/tokens.js';
import { startAll } from '../support/containers.ts';

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
});
