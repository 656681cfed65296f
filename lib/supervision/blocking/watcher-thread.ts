// Runs in a thread of its own: what blocks the main thread does not block it.
import { Session } from 'node:inspector';
import { workerData } from 'node:worker_threads';

/** What both threads see. */
export interface Watched {
  /** How often the main thread's loop has come round, and after how many ms without to speak; 0: never. */
  readonly beats: Int32Array;
  /** The key of a function on the main thread's `process`, which is called in the midst of what blocks it. */
  readonly hook: string;
}

const { beats, hook } = workerData as Watched;

let seen = -1;
let seenAt = 0;
let lookedAt = 0;
let speakAt = 0;

look();

function look(): void {
  const limitMs = Atomics.load(beats, 1);
  const beat = Atomics.load(beats, 0);
  const now = performance.now();
  // Where this thread is late itself, all of the process has stood still.
  if (beat !== seen || limitMs === 0 || now - lookedAt > limitMs) {
    seen = beat;
    seenAt = now;
    speakAt = limitMs;
  }
  lookedAt = now;
  const blockedMs = Math.round(now - seenAt);
  if (limitMs > 0 && blockedMs >= speakAt) {
    speakAt = 2 * blockedMs;
    speak(blockedMs);
  }
  setTimeout(look, limitMs > 0 ? Math.ceil(limitMs / 4) : 1_000);
}

/** The inspector evaluates between two instructions of whatever the main thread is doing. */
function speak(blockedMs: number): void {
  const session = new Session();
  session.connectToMainThread();
  const expression = `process[Symbol.for(${JSON.stringify(hook)})]?.(${blockedMs})`;
  session.post('Runtime.evaluate', { expression, silent: true }, () => {
    session.disconnect();
  });
}
