import { deepEqual, equal, rejects } from 'node:assert/strict';
import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { withProgress } from '#lib/cli/progress.js';
import type { Terminal } from '#lib/cli/terminal.js';
import { deferred } from '../support/deferred.ts';

describe('progress', () => {
  let clock: SinonFakeTimers;
  let written: string[];

  beforeEach(() => {
    clock = useFakeTimers();
    written = [];
  });
  afterEach(() => {
    clock.restore();
  });

  function stream(isTTY: boolean): Terminal {
    const write = (text: string): boolean => written.push(text) > 0;
    return { isTTY, hasColors: () => isTTY, write } as unknown as Terminal;
  }

  it('is not told of what takes less than a second', async () => {
    const work = deferred<string>();
    const shown = withProgress('Starting', work.promise, stream(false));
    await clock.tickAsync(900);
    work.resolve('done');
    equal(await shown, 'done');
    deepEqual(written, []);
  });

  it('is one line in a log, however long it takes', async () => {
    const work = deferred<string>();
    const shown = withProgress('Starting', work.promise, stream(false));
    await clock.tickAsync(5_000);
    work.resolve('done');
    await shown;
    deepEqual(written, ['Starting …\n']);
  });

  it('counts in a terminal, and leaves nothing behind, where it fails, too', async () => {
    const work = deferred<string>();
    const shown = withProgress('Starting', work.promise, stream(true));
    await clock.tickAsync(2_000);
    work.reject(new Error('no'));
    await rejects(shown, /no/);
    deepEqual(written, ['\rStarting … 1 s', '\rStarting … 2 s', '\r\x1b[2K']);
  });
});
