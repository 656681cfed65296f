import { deepEqual, equal, match } from 'node:assert/strict';
import { Monitor, Plugin, Plugins, type PluginStatus } from 'plugboard';
import { testHost, testPlugin } from 'plugboard/testing';
import { HealthPlugin } from '../../plugins/health/index.ts';
import { deferred } from '../support/deferred.ts';

@Plugin({ name: 'shop', version: '2.1.0' })
class ShopPlugin {}

describe('the health plugin', () => {
  it('tells that the process lives', async () => {
    await using bed = await testPlugin(HealthPlugin).start();
    await bed.request.get('/health/live').expect(200, { status: 'ok' }).expect('Cache-Control', 'no-store');
  });

  it('is ready while every required plugin runs', async () => {
    await using bed = await testPlugin(HealthPlugin, { plugins: [ShopPlugin] })
      .config({ required: ['shop'] })
      .start();
    await bed.request.get('/health/ready').expect(200, { status: 'ready' });
  });

  it('is not ready while a required plugin is missing, and names it', async () => {
    await using bed = await testPlugin(HealthPlugin)
      .config({ required: ['shop'] })
      .start();
    await bed.request
      .get('/health/ready')
      .expect(503, { status: 'not ready', missing: [{ name: 'shop', state: 'unknown' }] });
  });

  it('is not ready while a critical plugin does not run', async () => {
    await using bed = await testPlugin(HealthPlugin)
      .provide(Plugins, statuses([{ name: 'billing', state: 'failed', critical: true }]))
      .start();
    await bed.request
      .get('/health/ready')
      .expect(503, { status: 'not ready', missing: [{ name: 'billing', state: 'failed' }] });
  });

  it('follows a critical plugin that is quarantined and released, and lives all the while', async () => {
    let isFailing = false;
    @Plugin({ name: 'billing', critical: true, supervise: { intensity: 0 } })
    class BillingPlugin {
      constructor(monitor: Monitor) {
        monitor.onRequest(() => {
          if (isFailing) throw new Error('no ledger');
        });
      }
    }
    await using bed = await testHost([HealthPlugin, BillingPlugin]).start();
    const { host, request } = bed;
    await request.get('/health/ready').expect(200);
    const quarantined = new Promise((resolve) => {
      host.on('plugin:quarantined', resolve);
    });
    isFailing = true;
    await request.get('/health/live').expect(200);
    await quarantined;
    await request.get('/health/ready').expect(503, {
      status: 'not ready',
      missing: [{ name: 'billing', state: 'quarantined', failure: 'TOO_MANY_FAILURES' }],
    });
    await request.get('/health/live').expect(200);
    isFailing = false;
    await host.release('billing');
    await request.get('/health/ready').expect(200);
  });

  it('does not wait for a critical plugin that is disabled', async () => {
    await using bed = await testPlugin(HealthPlugin)
      .provide(Plugins, statuses([{ name: 'billing', state: 'disabled', critical: true }]))
      .start();
    await bed.request.get('/health/ready').expect(200, { status: 'ready' });
  });

  it('is ready all the while where a critical plugin is reloaded, and not while one that can not run twice is exchanged', async () => {
    for (const [reload, expected] of [
      ['overlap', 200],
      ['exclusive', 503],
    ] as const) {
      let started = Promise.resolve();
      @Plugin({ name: 'billing', critical: true, reload })
      class BillingPlugin {
        async onStart(): Promise<void> {
          await started;
        }
      }
      await using bed = await testHost([HealthPlugin, BillingPlugin]).start();
      const gate = deferred();
      started = gate.promise;
      const starting = new Promise<void>((resolve) => {
        if (reload === 'overlap') resolve();
        else bed.host.on('plugin:starting', () => resolve());
      });
      const reloaded = bed.host.reload('billing');
      await starting;
      await bed.request.get('/health/ready').expect(expected);
      await bed.request.get('/health/live').expect(200);
      gate.resolve();
      await reloaded;
      await bed.request.get('/health/ready').expect(200);
    }
  });

  it('stays ready where a plugin failed that nobody needs, and says that it failed', async () => {
    await using bed = await testPlugin(HealthPlugin)
      .provide(Plugins, statuses([{ name: 'chat', state: 'failed', failure }]))
      .start();
    await bed.request.get('/health/ready').expect(200);
    const { body } = await bed.request.get('/health').expect(200);
    const { status, plugins } = body as Health;
    equal(status, 'degraded');
    deepEqual(plugins, [
      { name: 'chat', version: '1.0.0', state: 'failed', critical: false, failure: 'START_FAILED' },
    ]);
  });

  it('shows the state of each plugin and since when it runs', async () => {
    await using bed = await testPlugin(HealthPlugin, { plugins: [ShopPlugin] }).start();
    const { body } = await bed.request.get('/health').expect(200);
    const { status, plugins } = body as Health;
    equal(status, 'ok');
    deepEqual(
      plugins.map(({ name, state }) => `${name} ${state}`),
      ['health running', 'shop running'],
    );
    match(plugins[1]?.since ?? '', /^\d{4}-\d\d-\d\dT/);
  });

  it('takes only a list of names as what it requires', async () => {
    const start = testPlugin(HealthPlugin).config({ required: 'shop' }).start();
    await start.then(
      () => Promise.reject(new Error('It started.')),
      (error: Error) => match(error.message, /required must be an array/),
    );
  });
});

interface Health {
  readonly status: string;
  readonly plugins: readonly { readonly name: string; readonly state: string; readonly since?: string }[];
}

const failure: PluginStatus['failure'] = {
  code: 'START_FAILED',
  phase: 'start',
  message: 'no disk',
  fix: 'get one',
};

function statuses(partial: readonly Partial<PluginStatus>[]): Plugins {
  const plain = {
    version: '1.0.0',
    description: '',
    critical: false,
    generation: 1,
    placement: 'inline',
    routes: [],
    imports: [],
    exports: [],
    warnings: [],
  } as const;
  return new Plugins(() => partial.map((status) => ({ ...plain, name: '', state: 'running', ...status })));
}
