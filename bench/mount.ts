// How long the event loop is blocked while one plugin of five routes comes and goes among a thousand:
//
//   npm run build && node --import plugboard/register bench/mount.ts [plugins, default 1000]
//
// Compiling, mounting, replacing and unmounting are synchronous: as long as one takes, nothing else is served. So this
// times them one by one.
import 'reflect-metadata';
import { compilePlugin } from '../dist/http/compile-plugin.js';
import type { Mount } from '../dist/http/mount.js';
import { Router } from '../dist/http/router.js';
import type { Class } from './plugboard.ts';
import { itemsPlugin } from './peers/plugboard-many.ts';
import { median } from './statistics.ts';
import { markdownTable } from './table.ts';

const plugins = Number(process.argv[2] ?? 1000);
const times = 50;

const router = new Router();
for (let index = 0; index < plugins; index += 1) router.mount(compile(itemsPlugin(index), index, 1));

const took: Record<'compile' | 'mount' | 'replace' | 'unmount', number[]> = {
  compile: [],
  mount: [],
  replace: [],
  unmount: [],
};
for (let time = 0; time < times; time += 1) {
  const index = plugins + time;
  const type = itemsPlugin(index);
  const first = timed('compile', () => compile(type, index, 1));
  const second = compile(type, index, 2);
  timed('mount', () => {
    router.mount(first);
  });
  expectRoute(index, true);
  timed('replace', () => {
    router.replace(second);
  });
  expectRoute(index, true);
  timed('unmount', () => router.unmount(second.plugin, 2));
  expectRoute(index, false);
}

console.log(`Node ${process.version}, ${plugins} plugins, ${times} times each\n`);
const lines = Object.entries(took).map(([step, ms]) => [
  step,
  median(ms, Number).toFixed(2),
  Math.max(...ms).toFixed(2),
]);
console.log(markdownTable(['one plugin', 'median, ms', 'longest, ms'], lines));

function timed<T>(step: keyof typeof took, run: () => T): T {
  const begin = performance.now();
  const result = run();
  took[step].push(performance.now() - begin);
  return result;
}

function compile(type: Class, index: number, generation: number): Mount {
  const instance = new type();
  return compilePlugin({
    name: `items-${index}`,
    generation,
    prefix: '',
    controllers: [type],
    instances: {
      singleton: () => instance as never,
      openRequestScope: () => {
        throw new Error('Nothing here belongs to a request.');
      },
    },
    middlewares: [],
    interceptors: [],
    options: {},
    limits: {},
    requestMs: 30_000,
  });
}

/** So that nothing is fast by doing nothing. */
function expectRoute(index: number, isThere: boolean): void {
  const isFound = router.find('GET', `/p${index}/items/1`) !== undefined;
  if (isFound !== isThere) throw new Error(`Plugin ${index} is ${isFound ? '' : 'not '}routed.`);
}
