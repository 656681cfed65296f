// Must compile, and each line below @ts-expect-error must not. Never run: `npm run test:types`.
import { stub } from 'sinon';
import { extensionPoint, token, type HostOptions } from 'plugboard';
import { testHost, testPlugin, type HostTestBed, type Mocked, type TestBed } from 'plugboard/testing';

abstract class Clock {
  private readonly offset = 0;
  readonly zone: string = `UTC+${this.offset}`;
  abstract now(): string;
  abstract wait(ms: number): Promise<void>;
}

class Mailer {
  #sent = 0;
  send(to: string): number {
    return (this.#sent += to.length);
  }
}

interface Store {
  find(id: number): Promise<string | undefined>;
}
const Store = token<Store>('store');
const Rounding = token<(amount: number) => number>('rounding');
const Currency = token<string>('currency');
const Flag = token<boolean>('flag');

interface Banner {
  readonly text: string;
}
const Banners = extensionPoint<Banner>('banners');
class SaleBanner implements Banner {
  constructor(readonly text: string) {}
}

class ShopPlugin {
  constructor(readonly clock: Clock) {}
  buy(article: string): string {
    return article + this.clock.now();
  }
}

export async function aPluginsTest(): Promise<string> {
  const builder = testPlugin(ShopPlugin, { prefix: '/api', currentUserChecker: () => ({ id: 1 }) })
    .mock(Clock, { now: () => '12:00' })
    .mock(Clock, {})
    .mock(Clock, { now: stub<[], string>().returns('12:00'), wait: stub() })
    .mock(Mailer, { send: (to) => to.length })
    .mock(Mailer, new Mailer())
    .mock(Store, { find: async () => undefined })
    .mock(Rounding, (amount) => Math.round(amount))
    .mock(Rounding, stub<[number], number>().returns(1))
    .mock(Currency, 'EUR')
    .mock(Flag, true)
    .provide(Mailer, new Mailer())
    .provide(Rounding, Math.floor)
    .autoMock()
    .config({ shop: 'corner' });

  // @ts-expect-error -- Clock.now returns a string
  builder.mock(Clock, { now: () => 12 });
  // @ts-expect-error -- Clock has no such member
  builder.mock(Clock, { later: () => '13:00' });
  // @ts-expect-error -- nothing of a function can be left out
  builder.mock(Rounding, {});
  // @ts-expect-error -- a string was promised
  builder.mock(Currency, 5);
  // @ts-expect-error -- find takes a number
  builder.mock(Store, { find: async (id: string) => id });
  // @ts-expect-error -- provide takes all of it
  builder.provide(Clock, { now: () => '12:00' });
  builder.contribute(Banners, { text: 'Sale' }).contribute(Banners, SaleBanner);
  // @ts-expect-error -- a banner has a text
  builder.contribute(Banners, { title: 'Sale' });
  // @ts-expect-error -- a shop is no banner
  builder.contribute(Banners, ShopPlugin);
  // @ts-expect-error -- a token is no extension point
  builder.contribute(Currency, { text: 'Sale' });
  // @ts-expect-error -- an empty object is no store
  builder.provide(Store, {});
  // @ts-expect-error -- an object is asked for
  builder.config('corner');
  // @ts-expect-error -- no such option
  testPlugin(ShopPlugin, { routePrefix: '/api' });
  // @ts-expect-error -- an instance is no class
  testPlugin(new ShopPlugin(null as never));

  const bed: TestBed<ShopPlugin> = await builder.start();
  await using disposed = bed;
  const bought: string = disposed.plugin.buy('apple');
  // @ts-expect-error -- no such method
  disposed.plugin.sell();
  const clock: Clock = bed.get(Clock);
  const mock: Mocked<Clock> = bed.mocks.get(Clock);
  const calls: readonly (readonly [number])[] = mock.wait.calls;
  mock.now.returns(clock.zone + mock.zone);
  // @ts-expect-error -- now returns a string
  mock.now.returns(5);
  bed.mocks.get(Rounding).returns(calls.length + bed.mocks.get(Rounding)(1));
  const currency: string = bed.mocks.get(Currency);
  await bed.request.get('/').set('Accept', 'text/html').expect(200);
  await bed.close();
  return bought + currency + String(bed.logs[0]?.message);
}

export async function aHostsTest(options: Partial<HostOptions>): Promise<Mailer> {
  const bed: HostTestBed = await testHost([ShopPlugin, './plugins'], options)
    .mock(Clock, { now: () => '12:00' })
    .config('shop', { lanes: 2 })
    .start();
  // @ts-expect-error -- a host has no one plugin
  void bed.plugin;
  // @ts-expect-error -- whose config?
  testHost([]).config({ lanes: 2 });
  return bed.get(Mailer, 'shop');
}
