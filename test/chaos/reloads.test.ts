import { deepEqual, equal, ok } from 'node:assert/strict';
import { reloadAgainAndAgain } from './soak/reloads.ts';
import type { ReloadsReport } from './soak/reloads-process.ts';

// `npm run soak` does it thousands of times, and holds it to narrower bounds.
describe('a TypeScript plugin with 1 MB of text that is reloaded again and again, each time with other text', function () {
  this.timeout(120_000);
  let report: ReloadsReport;
  before(async () => {
    report = await reloadAgainAndAgain(60);
  });

  it('is collected, each generation but the last', () => {
    deepEqual([report.left, report.leaksTold], [[], 0]);
    equal(report.requests, 80 * 4);
  });

  it('leaves next to nothing on the heap, and not its text', () => {
    ok(report.heapBytesPerReload < 200_000, `${report.heapBytesPerReload} bytes`);
  });
});
