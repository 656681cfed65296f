import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { inject } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import { Plugin, PluginError } from 'plugboard';
import { testHost } from 'plugboard/testing';
import { Clock, CountingClock } from './till-plugin.ts';

class Ledger {
  constructor(@inject(Clock) private readonly clock: Clock) {}

  book(): string {
    return `booked at ${this.clock.now()}`;
  }
}

class BankConfig {
  country = 'CH';
}

@Plugin({ name: 'bank', services: [Ledger], exports: [Ledger], config: BankConfig })
class BankPlugin {
  constructor(readonly config: BankConfig) {}
}

@Plugin({ name: 'shop' })
@JsonController('/shop')
class ShopPlugin {
  constructor(
    @inject(Ledger) readonly ledger: Ledger,
    @inject(Clock) readonly clock: Clock,
  ) {}

  @Get('/buy')
  buy(): object {
    return { ledger: this.ledger.book(), at: this.clock.now() };
  }
}

const both = [ShopPlugin, BankPlugin];

describe('testHost', () => {
  it('runs several plugins together, one with what the other exports, and a mock acts on all', async () => {
    const bed = await testHost(both)
      .mock(Clock, { now: () => 'noon' })
      .start();
    await bed.request.get('/shop/buy').expect(200, { ledger: 'booked at noon', at: 'noon' });
    equal(bed.get(Ledger), bed.get(ShopPlugin, 'shop').ledger);
    equal(bed.get(Clock, 'bank'), bed.mocks.get(Clock));
    await bed.close();
    deepEqual(
      bed.host.plugins.map(({ state }) => state),
      ['stopped', 'stopped'],
    );
  });

  it('may mock what one plugin exports, for its own classes and for the others', async () => {
    const bed = await testHost(both)
      .mock(Ledger, { book: () => 'on paper' })
      .provide(Clock, new CountingClock())
      .start();
    await bed.request.get('/shop/buy').expect(200, { ledger: 'on paper', at: 'read 1' });
    await bed.close();
  });

  it('mocks automatically what no plugin offers, and nothing else', async () => {
    const bed = await testHost(both).autoMock().start();
    ok(bed.get(Ledger) instanceof Ledger);
    bed.mocks.get(Clock).now.returns('late');
    equal(bed.get(Ledger).book(), 'booked at late');
    await bed.close();
  });

  it('takes options and the config of each plugin', async () => {
    const bed = await testHost([BankPlugin], { plugins: [ShopPlugin], prefix: '/api' })
      .config('bank', { country: 'DE' })
      .autoMock()
      .start();
    equal(bed.get(BankPlugin, 'bank').config.country, 'DE');
    await bed.request.get('/api/shop/buy').expect(200);
    await bed.close();
  });

  it('leaves a plugin off that settings have turned off', async () => {
    const bed = await testHost(both, { settings: { shop: { enabled: false } } })
      .autoMock()
      .start();
    await bed.request.get('/shop/buy').expect(404);
    await bed.close();
  });

  it('rejects where one plugin failed and another waits for it, with the cause first', async () => {
    @Plugin({ name: 'bank', services: [Ledger], exports: [Ledger] })
    class BankruptPlugin {
      onStart(): void {
        throw new Error('no funds');
      }
    }
    const start = testHost([ShopPlugin, BankruptPlugin]).autoMock().start();
    await rejects(start, (error: PluginError) => {
      equal(error.code, 'START_FAILED');
      equal(error.plugin, 'bank');
      match(error.message, /shop: DEPENDENCY_NOT_RUNNING: /);
      match(error.message, /bank: START_FAILED: onStart\(\) of BankruptPlugin failed: no funds/);
      return true;
    });
  });

  it('lists the missing imports of all plugins', async () => {
    await rejects(testHost(both).start(), (error: PluginError) => {
      equal(error.code, 'MISSING_IMPORT');
      match(error.message, / {2}shop → Clock\n/);
      match(error.message, / {2}bank → Ledger → Clock\n/);
      equal(error.message.match(/\.mock\(Clock/g)?.length, 1);
      return true;
    });
  });
});
