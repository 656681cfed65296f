import assert from 'node:assert/strict';
import { useFakeTimers } from 'sinon';
import { testPlugin } from 'plugboard/testing';
import { TickerPlugin } from '../writing/plugins/ticker/index.ts';

// #region fake-timers
describe('the ticker', () => {
  it('ticks with the clock', async () => {
    const clock = useFakeTimers();
    try {
      const bed = await testPlugin(TickerPlugin).config({ every: 1_000 }).start();
      await clock.tickAsync(3_000);
      assert.deepEqual(bed.plugin.ticks(), { ticks: 3 });
      await bed.close();
    } finally {
      clock.restore();
    }
  });
});
// #endregion
