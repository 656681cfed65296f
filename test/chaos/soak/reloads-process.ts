// Run with --expose-gc: reloads a plugin so many times, each time with other text, and says what is left of that.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createHost } from 'plugboard';
import { registeredClasses } from '#lib/registries/routing-storage.js';
import { ask } from '../../discovery/unloading-asking.ts';
import { reloadedPlugin, requests } from './reloaded-plugin.ts';

export interface ReloadsReport {
  /** Generations before the last one that are still there. */
  readonly left: readonly number[];
  readonly heapBytesPerReload: number;
  /** After the first reloads, and after each tenth of them. */
  readonly rssBytes: readonly number[];
  readonly rssBytesMost: number;
  readonly requests: number;
  readonly msPerReload: number;
  readonly leaksTold: number;
}

/** What is compiled and filled at first is no growth. */
const warmUp = 20;

const [folder = '', count = '40'] = process.argv.slice(2);
const reloads = Number(count);
const generations: WeakRef<object>[][] = [];
let asked = 0;
let leaksTold = 0;
let rssBytesMost = 0;

await write(1);
const host = createHost({ plugins: [folder] });
host.on('plugin:leak', () => (leaksTold += 1));
const server = await host.listen(0);
await serve();
for (let version = 2; version <= warmUp; version += 1) await reload(version);
const first = await measure();
const begin = performance.now();
const rssBytes = [first.rss];
for (let done = 1; done <= reloads; done += 1) {
  await reload(warmUp + done);
  if (done % Math.ceil(reloads / 10) === 0) rssBytes.push(process.memoryUsage.rss());
}
const msPerReload = (performance.now() - begin) / reloads;
const last = await measure();
await host.close();
const report: ReloadsReport = {
  left: generations
    .slice(0, -1)
    .flatMap((refs, index) => (refs.some((ref) => ref.deref()) ? [index + 1] : [])),
  heapBytesPerReload: Math.round((last.heapUsed - first.heapUsed) / reloads),
  rssBytes,
  rssBytesMost,
  requests: asked,
  msPerReload,
  leaksTold,
};
process.stdout.write(JSON.stringify(report));

async function write(version: number): Promise<void> {
  await writeFile(join(folder, 'index.ts'), reloadedPlugin(version));
}

async function reload(version: number): Promise<void> {
  await write(version);
  const { generation, state, failure } = await host.reload('reloaded');
  if (generation !== version || state !== 'running' || failure) throw new Error(failure?.message ?? state);
  await serve();
  rssBytesMost = Math.max(rssBytesMost, process.memoryUsage.rss());
}

async function serve(): Promise<void> {
  for (const { status, ...request } of requests) {
    const answer = await ask(server, request);
    if (!answer.startsWith(status)) throw new Error(`${request.path}: ${answer}`);
    asked += 1;
  }
  const classes = registeredClasses('controllers').slice(-2);
  const instances = classes.map((type) => host.get(type, { plugin: 'reloaded' }) as object);
  generations.push([...classes, ...instances].map((part) => new WeakRef(part)));
}

async function measure(): Promise<NodeJS.MemoryUsage> {
  for (let round = 0; round < 10; round += 1) {
    await setImmediate();
    globalThis.gc?.();
  }
  return process.memoryUsage();
}
