import { isMainThread, Worker } from 'node:worker_threads';
import type { Watched } from './watcher-thread.ts';

/** Told, in the midst of what blocks the event loop, for how long it has done so, in ms. */
export type BlockedListener = (blockedMs: number) => void;

/**
 * From now on `listener` is called when the event loop has not come round for `limitMs`, and again each time that it has been
 * twice as long: in the midst of what blocks it, so that the stack shows it. Gives what ends this. Does not keep the process
 * alive, and does nothing in a worker thread: only the main thread can be looked into.
 */
export function watchLoop(limitMs: number, listener: BlockedListener): () => void {
  if (!isMainThread || limitMs <= 0) return () => undefined;
  const watch = { limitMs, listener };
  watches.add(watch);
  adjust((watcher ??= startWatcher()));
  return () => {
    if (watches.delete(watch) && watcher) adjust(watcher);
  };
}

interface Watch {
  readonly limitMs: number;
  readonly listener: BlockedListener;
}

/** One thread for all hosts of the process. */
interface Watcher {
  readonly thread: Worker;
  readonly beats: Int32Array;
  timer?: NodeJS.Timeout;
}

const watches = new Set<Watch>();
let watcher: Watcher | undefined;

/** Another copy of Plugboard has one of its own. */
const hook = `plugboard.blocked:${import.meta.url}`;

// Taken once: a test's fake timers must not stop the host's own clock.
const { setInterval: startInterval, setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

function startWatcher(): Watcher {
  Reflect.set(process, Symbol.for(hook), tellWatches);
  const beats = new Int32Array(new SharedArrayBuffer(8));
  const workerData: Watched = { beats, hook };
  // Nothing of the app's own set-up is wanted there: no loaders, no variables.
  const settings = { workerData, execArgv: [], env: {}, resourceLimits };
  const thread = new Worker(new URL('./watcher-thread.js', import.meta.url), settings);
  thread.unref();
  // In a Node without an inspector nobody looks.
  thread.on('error', () => undefined);
  return { thread, beats };
}

const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 };

/** Lets the watcher look as closely as the watches want it now; when there is none any more, it ends. */
function adjust(current: Watcher): void {
  const { beats, thread } = current;
  stopTimer(current.timer);
  const limitMs = watches.size > 0 ? Math.min(...[...watches].map((watch) => watch.limitMs)) : 0;
  Atomics.add(beats, 0, 1);
  Atomics.store(beats, 1, limitMs);
  current.timer =
    limitMs > 0
      ? startInterval(() => Atomics.add(beats, 0, 1), Math.ceil(limitMs / 4))
      : // Soon there may be another host: in a test run there is one after the other.
        startTimer(() => {
          watcher = undefined;
          Reflect.deleteProperty(process, Symbol.for(hook));
          void thread.terminate();
        }, idleMs);
  current.timer.unref();
}

const idleMs = 2_000;

function tellWatches(blockedMs: number): void {
  for (const { limitMs, listener } of watches) if (blockedMs >= limitMs) listener(blockedMs);
}
