import { deepEqual, equal, match, notEqual, ok, throws } from 'node:assert/strict';
import { inspect } from 'node:util';
import { inject, injectable } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import { createStubInstance, stub } from 'sinon';
import { HostControl, HttpRequest, Logger, Plugin, token } from 'plugboard';
import { testPlugin, type TestBed } from 'plugboard/testing';
import { Clock, CountingClock, Currency, Prices, Printer, Rounding, TillPlugin } from './till-plugin.ts';

let bed: TestBed<TillPlugin>;

async function start(clock: Partial<Clock>): Promise<Clock> {
  bed = await testPlugin(TillPlugin).mock(Clock, clock).autoMock().start();
  return bed.plugin.clock;
}

const close = async (): Promise<void> => bed.close();

describe('mock', () => {
  afterEach(close);

  it('replaces a service of the plugin itself, which is not constructed', async () => {
    bed = await testPlugin(TillPlugin)
      .mock(Prices, { of: () => 99 })
      .mock(Rounding, (amount) => amount)
      .autoMock()
      .start();
    ok(!(bed.plugin.prices instanceof Prices));
    await bed.request.get('/till/price/apple').expect(200, { price: '99 undefined' });
  });

  it('throws with the name of what is not in the partial, when it is used', async () => {
    const clock = await start({ now: () => '12:00' });
    throws(() => clock.zone(), {
      name: 'TypeError',
      message:
        'Clock.zone was used, but the mock of Clock has no "zone". Give it one: .mock(Clock, { now, zone: … }).',
    });
    await bed.request.get('/till/zone').expect(500);
  });

  it('stands every look that promises, printing and comparing take at it', async () => {
    const now = (): string => '12:00';
    const clock = await start({ now });
    equal(await Promise.resolve(clock), clock);
    match(inspect(clock), /now: \[Function: now\]/);
    equal(JSON.stringify({ clock }), '{"clock":{}}');
    deepEqual(clock, { now });
    notEqual(clock, { now });
    throws(() => deepEqual(clock, { now, zone: now }), /Expected values to be strictly deep-equal/);
    equal(Object.prototype.toString.call(clock), '[object Object]');
    equal(Reflect.get(clock, Symbol.iterator), undefined);
    equal(Reflect.get(clock, 'toJSON'), undefined);
    equal('zone' in clock, false);
  });

  it('stands in for control of the host as well, which then needs no grant', async () => {
    @Plugin({ name: 'operator' })
    class OperatorPlugin {
      constructor(readonly control: HostControl) {}
    }
    const unload = stub();
    await using operator = await testPlugin(OperatorPlugin).mock(HostControl, { unload }).start();
    await operator.plugin.control.unload('shop');
    deepEqual(unload.args, [['shop']]);
  });

  it('uses a function that the test gives as it is', async () => {
    const now = stub().returns('noon');
    const round = stub().returns(7);
    bed = await testPlugin(TillPlugin).mock(Clock, { now }).mock(Rounding, round).autoMock().start();
    equal(bed.mocks.get(Clock).now, now);
    equal(bed.plugin.round, round);
    await bed.request.get('/till/price/apple').expect(200, { price: '7 undefined', at: 'noon' });
    equal(now.callCount, 1);
    deepEqual(round.args, [[5]]);
  });

  it('gives functions of the partial the mock as this', async () => {
    const clock = await start({
      zone: () => 'UTC',
      now(this: Clock) {
        return `now in ${this.zone()}`;
      },
    });
    equal(clock.now(), 'now in UTC');
  });

  it('takes an instance of a class with private fields', async () => {
    const clock = (await start(new CountingClock())) as CountingClock;
    deepEqual([clock.now(), clock.now(), clock.reads, clock.zone()], ['read 1', 'read 2', 2, 'UTC']);
    clock.reads = 40;
    equal(clock.now(), 'read 41');
    equal(clock.now, clock.now);
    ok(clock instanceof CountingClock);
    throws(() => Reflect.get(clock, 'minutes'), /Clock\.minutes was used/);
  });

  it('takes an instance whose methods are stubbed, in the class or by sinon', async () => {
    const clock = (await start(createStubInstance(CountingClock, { now: 'noon' }))) as CountingClock;
    equal(clock.now(), 'noon');
    await bed.close();
    const now = stub(CountingClock.prototype, 'now').returns('dusk');
    try {
      const stubbed = await start(new CountingClock());
      equal(stubbed.now(), 'dusk');
      equal((stubbed.now as typeof now).callCount, 1);
    } finally {
      now.restore();
    }
  });

  it('takes the whole of a value that is no object', async () => {
    bed = await testPlugin(TillPlugin).mock(Currency, 'EUR').autoMock().start();
    equal(bed.plugin.currency, 'EUR');
    equal(bed.mocks.get(Currency), 'EUR');
  });

  it('replaces a service that is made for each request', async () => {
    @injectable('Request')
    class Basket {
      constructor(readonly request: HttpRequest) {}

      count(): number {
        return this.request.id.length;
      }
    }
    @injectable('Request')
    @JsonController('/basket')
    class BasketController {
      constructor(readonly basket: Basket) {}

      @Get('/')
      count(): object {
        return { count: this.basket.count() };
      }
    }
    @Plugin({ name: 'basket', services: [Basket], controllers: [BasketController] })
    class BasketPlugin {}

    const shop = await testPlugin(BasketPlugin)
      .mock(Basket, { count: () => 3 })
      .start();
    await shop.request.get('/basket').expect(200, { count: 3 });
    await shop.request.get('/basket').expect(200, { count: 3 });
    await shop.close();
  });

  it('has neither its onStart nor its onStop called, nor its @preDestroy', async () => {
    const calls: string[] = [];
    class Loud extends CountingClock {
      onStart(): void {
        calls.push('onStart');
      }

      onStop(): void {
        calls.push('onStop');
      }
    }
    const prices = { of: () => 1, onStart: stub(), onStop: stub() };
    bed = await testPlugin(TillPlugin).mock(Clock, new Loud()).mock(Prices, prices).autoMock().start();
    await bed.close();
    deepEqual(calls, []);
    equal(prices.onStart.callCount + prices.onStop.callCount, 0);
  });

  it('may replace a built-in service', async () => {
    const info = stub();
    bed = await testPlugin(TillPlugin).mock(Logger, { info }).autoMock().start();
    await bed.request.get('/till/price/fig').expect(200);
    deepEqual(info.args, [['priced', { article: 'fig' }]]);
    throws(() => bed.plugin.log.warn('x'), /Logger\.warn was used/);
  });

  it('is the last one that was said for a token', async () => {
    bed = await testPlugin(TillPlugin).mock(Currency, 'EUR').provide(Currency, 'CHF').autoMock().start();
    equal(bed.plugin.currency, 'CHF');
  });
});

describe('provide', () => {
  afterEach(close);

  it('puts a value in place as it is', async () => {
    const clock = new CountingClock();
    const prices = new Prices();
    bed = await testPlugin(TillPlugin).provide(Clock, clock).provide(Prices, prices).autoMock().start();
    equal(bed.plugin.clock, clock);
    equal(bed.plugin.prices, prices);
    equal(bed.mocks.get(Clock), clock);
  });
});

describe('autoMock', () => {
  afterEach(close);

  it('makes a recording mock of every import, optional ones too, and of nothing else', async () => {
    bed = await testPlugin(TillPlugin).autoMock().start();
    ok(bed.plugin.prices instanceof Prices);
    bed.plugin.log.info('real');
    equal(bed.logs.at(-1)?.message, 'real');
    throws(() => bed.mocks.get(Logger), /Logger is not mocked in this test \(mocked: .*Clock/);
    equal(bed.plugin.printer?.print('receipt'), undefined);
    deepEqual(bed.mocks.get(Printer).print.calls, [['receipt']]);
  });

  it('notes what is called with what, and returns what it is told to', async () => {
    bed = await testPlugin(TillPlugin).autoMock().start();
    const clock = bed.mocks.get(Clock);
    const round = bed.mocks.get(Rounding);
    equal(bed.plugin.clock.now(), undefined);
    clock.now.returns('13:00');
    round.returns(6);
    await bed.request
      .get('/till/price/apple')
      .expect(200, { at: '13:00', price: `6 ${bed.plugin.currency}` });
    deepEqual([clock.now.calls, clock.zone.calls, round.calls], [[[], []], [], [[5]]]);
  });

  it('has members of members, too', async () => {
    interface Post {
      readonly boxes: { open(name: string): void };
    }
    const PostToken = token<Post>('post');
    @Plugin({ name: 'sorter' })
    class SorterPlugin {
      constructor(@inject(PostToken) readonly post: Post) {}
    }
    const sorter = await testPlugin(SorterPlugin).autoMock().start();
    sorter.plugin.post.boxes.open('a');
    const { open } = sorter.mocks.get(PostToken).boxes as unknown as { open: { calls: unknown } };
    deepEqual(open.calls, [['a']]);
    await sorter.close();
  });

  it('leaves alone what the test gives', async () => {
    bed = await testPlugin(TillPlugin).autoMock().mock(Currency, 'EUR').start();
    equal(bed.plugin.currency, 'EUR');
  });

  it('leaves alone what the host or another plugin offers', async () => {
    class WallClock extends CountingClock {}
    bed = await testPlugin(TillPlugin, { services: [[Clock, WallClock]] })
      .autoMock()
      .start();
    ok(bed.plugin.clock instanceof WallClock);
  });

  it('makes mocks that can be awaited, printed, compared and assigned to', async () => {
    bed = await testPlugin(TillPlugin).autoMock().start();
    const { clock } = bed.plugin;
    equal(await Promise.resolve(clock), clock);
    match(inspect(clock), /Clock/);
    equal(JSON.stringify({ clock }), '{}');
    deepEqual(clock, clock);
    clock.now = () => 'assigned';
    equal(clock.now(), 'assigned');
  });
});

describe('mocks.get', () => {
  afterEach(close);

  it('says what is mocked where the token is not, and the line to add', async () => {
    await start({});
    throws(
      () => bed.mocks.get(Prices),
      /Prices is not mocked in this test \(mocked: Clock, .*\)\. \.mock\(Prices/,
    );
  });
});
