import { deepEqual, equal } from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { Get, JsonController } from 'routing-controllers';
import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { Plugin } from 'plugboard';
import { testPlugin } from 'plugboard/testing';

@Plugin({ name: 'ticker', timeouts: { requestMs: 1_000 } })
@JsonController('/ticker')
class TickerPlugin {
  ticks = 0;
  readonly calls = new EventEmitter();
  #interval: NodeJS.Timeout | undefined;

  async onStart(): Promise<void> {
    this.#interval = setInterval(() => {
      this.ticks += 1;
    }, 60_000);
    await Promise.resolve();
  }

  @Get('/')
  read(): object {
    return { ticks: this.ticks, at: new Date() };
  }

  @Get('/never')
  never(): Promise<never> {
    this.calls.emit('never');
    return new Promise(() => undefined);
  }

  onStop(): void {
    clearInterval(this.#interval);
  }
}

describe('a bed under fake timers', () => {
  let clock: SinonFakeTimers;
  afterEach(() => clock.restore());

  it('starts, serves and closes, and its plugin lives in fake time', async () => {
    clock = useFakeTimers({ now: new Date('2030-01-01T00:00:00Z') });
    const bed = await testPlugin(TickerPlugin).start();
    await bed.request.get('/ticker').expect(200, { ticks: 0, at: '2030-01-01T00:00:00.000Z' });
    await clock.tickAsync(180_000);
    await bed.request.get('/ticker').expect(200, { ticks: 3, at: '2030-01-01T00:03:00.000Z' });
    await bed.close();
    equal(clock.countTimers(), 0);
  });

  it('gives up a handler when its time is over on the fake clock', async () => {
    clock = useFakeTimers();
    const bed = await testPlugin(TickerPlugin).start();
    const called = once(bed.plugin.calls, 'never');
    const answer = bed.request.get('/ticker/never').then(({ status }) => status);
    await called;
    await clock.tickAsync(1_000);
    equal(await answer, 504);
    await bed.close();
  });

  it('closes with real time again, or with time faked after it had started', async () => {
    clock = useFakeTimers();
    const first = await testPlugin(TickerPlugin).start();
    await first.close();
    clock.restore();
    const second = await testPlugin(TickerPlugin).start();
    clock = useFakeTimers({ shouldClearNativeTimers: true });
    await second.request.get('/ticker').expect(200);
    await second.host.listen(0, '127.0.0.1');
    clock.restore();
    clock = useFakeTimers({ shouldClearNativeTimers: true });
    await second.close();
    deepEqual(
      second.host.plugins.map(({ state }) => state),
      ['stopped'],
    );
  });
});
