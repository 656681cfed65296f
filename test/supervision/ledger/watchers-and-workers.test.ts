import { deepEqual, equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { unwatchFile, watch, watchFile, writeFileSync } from 'node:fs';
import { watch as changesOf } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { folderWith, removeFolders } from '../../discovery/temporary-folder.ts';
import { Watched } from './owner.ts';

describe('watchers, workers and child processes that are left', () => {
  let watched: Watched;
  let folder: string;
  beforeEach(async () => {
    folder = await folderWith({ 'watched.txt': '' });
    watched = new Watched({});
  });
  afterEach(async () => {
    watched[Symbol.dispose]();
    await removeFolders();
  });

  it('are closed where fs.watch has made them, and hear of nothing more', async () => {
    const changes: unknown[] = [];
    const watcher = watched.run(() => watch(folder, (change) => changes.push(change)));
    const closed = once(watcher, 'close');
    const [left] = await watched.settle();
    match(left?.startedAt ?? '', /watchers-and-workers\.test\.ts:\d+:\d+$/);
    deepEqual([left?.kind, left?.closed], ['watcher', true]);
    await closed;
    const other = watch(folder);
    const changed = once(other, 'change');
    writeFileSync(join(folder, 'watched.txt'), 'changed');
    await changed;
    other.close();
    deepEqual(changes, []);
  });

  it('are closed where a promise of the file system watches', async () => {
    watched.run(() => {
      void changesOf(folder)[Symbol.asyncIterator]().next();
    });
    deepEqual(await watched.kindsLeft(), ['1 watcher closed']);
  });

  it('are ended where watchFile asks for one file, unless others listen as well', async () => {
    const file = join(folder, 'watched.txt');
    const listen = (): void => undefined;
    watched.run(() => watchFile(file, listen));
    watchFile(file, () => undefined);
    deepEqual(await watched.kindsLeft(), ['1 watcher named']);
    unwatchFile(file, listen);
    deepEqual(await watched.kindsLeft(), ['1 watcher closed']);
    unwatchFile(file);
  });

  it('are none where they were closed', async () => {
    await watched.run(async () => {
      watch(folder).close();
      watchFile(join(folder, 'watched.txt'), () => undefined);
      unwatchFile(join(folder, 'watched.txt'));
      await new Worker('', { eval: true }).terminate();
      await once(spawn(process.execPath, ['--version'], { stdio: 'ignore' }), 'exit');
    });
    deepEqual(await watched.settle(), []);
  });

  it('are terminated where they are workers', async () => {
    const worker = watched.run(() => new Worker('setInterval(() => {}, 60_000)', { eval: true }));
    await once(worker, 'online');
    const [left] = await watched.settle();
    match(left?.startedAt ?? '', /watchers-and-workers\.test\.ts:\d+:\d+$/);
    deepEqual([left?.kind, left?.closed], ['worker', true]);
    equal(worker.threadId, -1);
  });

  it('are named, not killed, where they are child processes', async () => {
    const child = watched.run(() => spawn(process.execPath, ['-e', 'process.stdin.resume()']));
    deepEqual(await watched.kindsLeft(), ['1 child process named']);
    const exit = once(child, 'exit');
    child.stdin.end();
    deepEqual(await exit, [0, null]);
  });
});
