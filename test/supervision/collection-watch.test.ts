import { deepEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CollectionWatch } from '#lib/supervision/collection-watch.js';
import type { WatchReport } from './collection-watch-process.ts';

describe('the watch over generations that have ended', () => {
  let report: WatchReport;
  before(async () => {
    const script = join(import.meta.dirname, 'collection-watch-process.ts');
    const flags = ['--expose-gc', '--import', 'plugboard/register', script];
    const { stdout } = await promisify(execFile)(process.execPath, flags);
    report = JSON.parse(stdout) as WatchReport;
  });

  it('names those that are not collected yet', () => {
    deepEqual(report.atFirst, [
      { plugin: 'clean', generation: 1 },
      { plugin: 'held', generation: 2 },
      { plugin: 'held', generation: 3 },
    ]);
  });

  it('says nothing of one that is collected, and waits a few collections before it says anything', () => {
    deepEqual(report.told[0], []);
    deepEqual(report.left, [
      { plugin: 'held', generation: 2 },
      { plugin: 'held', generation: 3 },
    ]);
  });

  it('tells once of each that is held, and by what of it', () => {
    deepEqual(report.told[1], [
      { plugin: 'held', generation: 2, held: ['plugin instance'] },
      { plugin: 'held', generation: 3, held: ['plugin class', 'plugin instance'] },
    ]);
    deepEqual(report.told[2], report.told[1]);
  });

  it('forgets one that is let go of after all', () => {
    deepEqual(report.atLast, [{ plugin: 'held', generation: 3 }]);
  });

  it('goes by full collections: lesser ones leave what is old alone', () => {
    deepEqual(report.afterLesserOnes, []);
  });

  it('has nothing to say where nothing has ended', () => {
    deepEqual(new CollectionWatch(() => undefined).uncollected(), []);
  });

  // The process has ended by itself while two were watched.
  it('keeps no process from ending', () => {
    deepEqual(report.atLast.length, 1);
  });
});
