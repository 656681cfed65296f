import { ok } from 'node:assert/strict';
import { join } from 'node:path';
import { runScript } from '../support/scripts.ts';
import type { GrowthReport } from './collected-requests-process.ts';

describe('a request that is answered', () => {
  let growth: GrowthReport;
  before(() => {
    const script = join(import.meta.dirname, 'collected-requests-process.ts');
    // Small collections often, and no big one: what they don't take gets old.
    const flags = ['--max-semi-space-size=1', '--min-semi-space-size=1', '--initial-old-space-size=512'];
    growth = runScript(script, ...flags) as GrowthReport;
  });

  for (const kind of ['plain', 'layered', 'request-scoped', 'body', 'streamed', 'failing', 'unknown']) {
    it(`is garbage at the next small collection of V8's: ${kind}`, () => {
      const bytes = growth[kind] as number;
      // One that is kept takes thousands.
      ok(Math.abs(bytes) < 150, `${bytes} bytes of each are left`);
    });
  }
});
