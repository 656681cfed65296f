import { deepEqual, equal, match } from 'node:assert/strict';
import { once, EventEmitter } from 'node:events';
import { setInterval as everySoOften, setTimeout as delay } from 'node:timers/promises';
import { useFakeTimers } from 'sinon';
import { Watched } from './owner.ts';

const nothing = (): void => undefined;

const beBusy = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

describe('timers that are left', () => {
  let watched: Watched;
  beforeEach(() => {
    watched = new Watched();
  });
  afterEach(() => {
    watched[Symbol.dispose]();
  });

  it('are cleared and named, with the line that started them', async () => {
    const [timer, interval] = watched.run(() => [setTimeout(nothing, 60_000), setInterval(nothing, 60_000)]);
    const left = await watched.settle();
    deepEqual(
      left.map(({ kind, closed }) => [kind, closed]),
      [
        ['timer', true],
        ['interval', true],
      ],
    );
    for (const { startedAt } of left) match(startedAt ?? '', /ledger.timers\.test\.ts:\d+:\d+$/);
    equal((timer as unknown as { _destroyed: boolean })._destroyed, true);
    equal((interval as unknown as { _destroyed: boolean })._destroyed, true);
  });

  it('count where one line has started several', async () => {
    watched.run(() => {
      for (let count = 0; count < 3; count += 1) setInterval(nothing, 60_000);
    });
    deepEqual(await watched.kindsLeft(), ['3 interval closed']);
  });

  it('are found after something was awaited, unreferenced, and in promises', async () => {
    await watched.run(async () => {
      await delay(1);
      setInterval(nothing, 60_000).unref();
      void delay(60_000);
      void everySoOften(60_000).next();
    });
    deepEqual(await watched.kindsLeft(), ['1 interval closed', '1 timer closed', '1 interval closed']);
  });

  it('are found among thousands that are over', async () => {
    watched.run(() => {
      setInterval(nothing, 60_000);
      for (let count = 0; count < 2_000; count += 1) clearTimeout(setTimeout(nothing, 60_000));
      setInterval(nothing, 60_000);
    });
    deepEqual(await watched.kindsLeft(), ['1 interval closed', '1 interval closed']);
  });

  it('are real ones, also while a test has faked the clock', async () => {
    watched.run(() => setInterval(nothing, 60_000));
    const clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
    try {
      deepEqual(await watched.kindsLeft(), ['1 interval closed']);
    } finally {
      clock.restore();
    }
  });

  it('are none where they were cleared or have fired', async () => {
    await watched.run(async () => {
      clearInterval(setInterval(nothing, 60_000));
      clearImmediate(setImmediate(nothing));
      await delay(1);
      await new Promise((resolve) => setImmediate(resolve));
    });
    deepEqual(await watched.settle(), []);
  });

  it('are not those that Node has started for itself', async () => {
    const signal = watched.run(() => AbortSignal.timeout(60_000));
    deepEqual(await watched.settle(), []);
    equal(signal.aborted, false);
  });

  for (const leaks of ['close', 'trace'] as const) {
    for (const [name, again] of Object.entries({
      setTimeout: (call: () => void): void => void setTimeout(call, 5),
      setImmediate: (call: () => void): void => void setImmediate(call),
    })) {
      it(`end where each starts the next by ${name}, with leaks: '${leaks}'`, async () => {
        using chained = new Watched({ leaks });
        const turns = new EventEmitter();
        let count = 0;
        const turn = (): void => {
          count += 1;
          turns.emit('turn');
          again(turn);
        };
        const running = once(turns, 'turn');
        chained.run(turn);
        await running;
        const [left] = await chained.settle();
        equal(left?.closed, true);
        match(left.startedAt ?? '', /timers\.test\.ts/);
        const ended = count;
        await delay(20);
        equal(count, ended);
      });
    }
  }

  it('of which nobody has noted the maker end by themselves before the rest is cleared', async () => {
    using cheap = new Watched({});
    let hasFired = false;
    cheap.run(() => {
      setTimeout(() => (hasFired = true), 30);
      setTimeout(nothing, 60_000);
    });
    deepEqual(await cheap.kindsLeft(), ['1 timer closed']);
    equal(hasFired, true);
  });

  for (const [name, start] of Object.entries({
    'an immediate': (): void => void setImmediate(nothing),
    'a timer that ends before a longer one which has begun before it': (): void => {
      setTimeout(nothing, 30);
      beBusy(10);
      setTimeout(nothing, 29);
    },
  })) {
    it(`of which nobody has noted the maker end by themselves where the loop is late: ${name}`, async () => {
      using cheap = new Watched({});
      // From here on timers that are late come first, then immediates.
      await new Promise((resolve) => setImmediate(resolve));
      cheap.run(start);
      const kindsLeft = cheap.kindsLeft();
      beBusy(60);
      deepEqual(await kindsLeft, []);
    });
  }

  it('of which nobody has noted the maker are named, not cleared, where they do not end', async () => {
    using cheap = new Watched({});
    const timer = cheap.run(() => setTimeout(() => timer.refresh(), 10));
    deepEqual(await cheap.kindsLeft(), ['1 timer named']);
    clearTimeout(timer);
  });

  it('are closed by a second call where they were started after the first', async () => {
    deepEqual(await watched.settle(), []);
    watched.run(() => setTimeout(nothing, 10));
    deepEqual(await watched.kindsLeft(), ['1 timer closed']);
    watched.ledger.forget(watched.owner);
    deepEqual(await watched.settle(), []);
  });
});
