// Run with --expose-gc: ends some generations, holds one of them, and says what the watch says.
import { setImmediate } from 'node:timers/promises';
import { CollectionWatch, type EndedGeneration, type Leak } from '#lib/supervision/collection-watch.js';

export interface WatchReport {
  readonly atFirst: readonly EndedGeneration[];
  readonly left: readonly EndedGeneration[];
  readonly atLast: readonly EndedGeneration[];
  /** The leaks that were told of after few collections, after many, and after more. */
  readonly told: readonly (readonly Leak[])[];
  readonly afterLesserOnes: readonly Leak[];
}

const leaks: Leak[] = [];
const watch = new CollectionWatch((leak) => leaks.push(leak));
const held: object[] = [];

end('clean', 1);
held.push(end('held', 2)[1], ...end('held', 3));
const atFirst = watch.uncollected();
await collectYoung(50);
const afterLesserOnes = [...leaks];
await collectFully(2);
const told = [[...leaks]];
const left = watch.uncollected();
await collectFully(6);
told.push([...leaks]);
await collectFully(6);
told.push([...leaks]);
held.shift();
await collectFully(2);
const report: WatchReport = { atFirst, left, told, afterLesserOnes, atLast: watch.uncollected() };
process.stdout.write(JSON.stringify(report));

/** What is returned is the only thing that holds its parts. */
function end(plugin: string, generation: number): [object, object] {
  class Ended {}
  const parts: [object, object] = [Ended, new (class Instance {})()];
  watch.watch({ plugin, generation }, { 'plugin class': parts[0], 'plugin instance': parts[1] });
  return parts;
}

async function collectFully(times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    globalThis.gc?.();
    await setImmediate();
  }
}

async function collectYoung(times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    globalThis.gc?.(true);
    await setImmediate();
  }
}
