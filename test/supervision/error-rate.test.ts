import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { ErrorRate, type ErrorShare } from '#lib/supervision/error-rate.js';

const settings = { ratio: 0.5, minimum: 50, windowMs: 10_000 };

function serve(rate: ErrorRate, count: number): void {
  for (let index = 0; index < count; index += 1) rate.served();
}

/** The share as the last of so many failures at one time finds it. */
function fail(rate: ErrorRate, count: number, now: number): ErrorShare | undefined {
  return Array.from({ length: count }, () => rate.failed(now)).at(-1);
}

describe('the rate of errors', () => {
  it('says nothing below the minimum of requests, and is too high from the ratio on', () => {
    const rate = new ErrorRate(settings, 0);
    serve(rate, 20);
    equal(fail(rate, 29, 1_000), undefined);
    deepEqual(rate.failed(1_001), { failed: 30, requests: 50 });
  });

  it('is too high as soon as the minimum has failed, where nothing else has been served', () => {
    const rate = new ErrorRate(settings, 0);
    equal(fail(rate, 49, 3_600_000), undefined);
    deepEqual(rate.failed(3_600_100), { failed: 50, requests: 50 });
  });

  it('is not too high while most requests are served', () => {
    const rate = new ErrorRate(settings, 0);
    serve(rate, 100);
    equal(fail(rate, 99, 9_999), undefined);
    deepEqual(rate.failed(9_999), { failed: 100, requests: 200 });
  });

  it('goes on to say so until it is thrown away', () => {
    const rate = new ErrorRate(settings, 0);
    fail(rate, 50, 0);
    deepEqual(rate.failed(1), { failed: 51, requests: 51 });
  });

  it('does not take a short burst for a plugin that fails: what was served before it counts as far as it is recent', () => {
    const rate = new ErrorRate(settings, 0);
    serve(rate, 360_000); // 100 a second, for an hour
    equal(fail(rate, 900, 3_600_000), undefined);
    deepEqual(fail(rate, 100, 3_600_000), { failed: 1_000, requests: 2_000 });
  });

  it('does not let yesterday excuse today: a window later, what was served before counts no more', () => {
    const rate = new ErrorRate(settings, 0);
    serve(rate, 360_000);
    rate.failed(3_600_000);
    equal(fail(rate, 100, 3_605_000), undefined);
    deepEqual(fail(rate, 1, 3_610_000), { failed: 102, requests: 102 });
  });

  it('forgets failures as the window passes', () => {
    const rate = new ErrorRate(settings, 0);
    equal(fail(rate, 49, 0), undefined);
    equal(rate.failed(15_000), undefined); // half of them are left
    equal(fail(rate, 23, 15_000), undefined);
    equal(fail(rate, 49, 35_000), undefined); // none
    deepEqual(rate.failed(35_000), { failed: 50, requests: 50 });
  });

  const anySettings = fc.record({
    ratio: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
    minimum: fc.integer({ min: 1, max: 60 }),
    windowMs: fc.integer({ min: 1, max: 500 }),
  });
  const anyTraffic = fc.array(
    fc.record({ served: fc.nat({ max: 30 }), failed: fc.nat({ max: 5 }), afterMs: fc.nat({ max: 400 }) }),
    { maxLength: 40 },
  );

  it('is never too high for less than it must be, whatever the traffic', () => {
    fc.assert(
      fc.property(anySettings, anyTraffic, (any, traffic) => {
        const rate = new ErrorRate(any, 0);
        let now = 0;
        let all = 0;
        for (const { served, failed, afterMs } of traffic) {
          now += afterMs;
          all += served + failed;
          serve(rate, served);
          const share = failed > 0 ? fail(rate, failed, now) : undefined;
          if (!share) continue;
          ok(share.requests >= any.minimum && share.failed / share.requests >= any.ratio);
          ok(share.requests <= all);
        }
      }),
    );
  });

  it('finds an even traffic too high by its real share, within two windows', () => {
    const anyShare = fc.integer({ min: 0, max: 100 }).filter((percent) => Math.abs(percent - 50) > 5);
    fc.assert(
      fc.property(anyShare, fc.integer({ min: 10, max: 50 }), (percent, pauseMs) => {
        const rate = new ErrorRate(settings, 0);
        let isExceeded = false;
        for (let now = 0; now < 2 * settings.windowMs; now += pauseMs) {
          // Bresenham's: so many of a hundred, as evenly as can be.
          const fails =
            Math.floor(((now / pauseMs + 1) * percent) / 100) > Math.floor(((now / pauseMs) * percent) / 100);
          if (fails) isExceeded ||= rate.failed(now) !== undefined;
          else rate.served();
        }
        equal(isExceeded, percent > 50);
      }),
    );
  });
});
