// How long a host takes to start, and what it keeps in memory: node --expose-gc bench/start.mjs
// Each case runs in processes of its own, one after another in turn; medians of all rounds.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cases = [
  { name: '1 class', classes: 1 },
  { name: '100 classes', classes: 100 },
  { name: '1000 classes', classes: 1000 },
  { name: '1 TypeScript folder', folders: 1 },
  { name: '100 TypeScript folders', folders: 100 },
];
const rounds = 5;

if (process.argv[2]) await measure(JSON.parse(process.argv[2]));
else report();

function report() {
  const results = new Map(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of cases) results.get(one.name).push(inChild(one));
  }
  console.log(`Node ${process.version}, medians of ${rounds} rounds\n`);
  console.log('| plugins | start, ms | heap, MB | RSS, MB | running |');
  console.log('| --- | ---: | ---: | ---: | ---: |');
  for (const [name, runs] of results) {
    const middle = (key) => median(runs.map((run) => run[key])).toFixed(1);
    console.log(`| ${name} | ${middle('ms')} | ${middle('heap')} | ${middle('rss')} | ${runs[0].running} |`);
  }
}

function inChild(one) {
  const child = spawnSync(
    process.execPath,
    ['--expose-gc', fileURLToPath(import.meta.url), JSON.stringify(one)],
    { encoding: 'utf8' },
  );
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

async function measure({ classes = 0, folders = 0 }) {
  const { createHost } = await import('plugboard');
  const routing = await import('routing-controllers');
  const { Plugin } = await import('plugboard');
  const root = folders > 0 ? makeFolders(folders) : undefined;
  const plugins = root
    ? [root]
    : Array.from({ length: classes }, (_, index) => makeClass(index, Plugin, routing));
  globalThis.gc();
  const before = process.memoryUsage();
  const begin = performance.now();
  const host = createHost({ plugins, log: silent() });
  await host.start();
  const ms = performance.now() - begin;
  globalThis.gc();
  const after = process.memoryUsage();
  const running = host.plugins.filter(({ state }) => state === 'running').length;
  await host.close();
  if (root) rmSync(root, { recursive: true });
  const megabytes = (key) => (after[key] - before[key]) / 2 ** 20;
  console.log(JSON.stringify({ ms, heap: megabytes('heapUsed'), rss: megabytes('rss'), running }));
}

function makeClass(index, Plugin, { JsonController, Get }) {
  class OneRoute {
    answer() {
      return { index };
    }
  }
  Get('/')(OneRoute.prototype, 'answer', Object.getOwnPropertyDescriptor(OneRoute.prototype, 'answer'));
  JsonController(`/p${index}`)(OneRoute);
  Plugin({ name: `plugin-${index}`, version: '1.0.0' })(OneRoute);
  return OneRoute;
}

function makeFolders(count) {
  const root = mkdtempSync(join(tmpdir(), 'plugboard-bench-'));
  for (let index = 0; index < count; index += 1) {
    const folder = join(root, `plugin-${index}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.ts'), source(index));
  }
  return root;
}

function source(index) {
  return `import { Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';

@Plugin({ name: 'plugin-${index}', version: '1.0.0' })
@JsonController('/p${index}')
export class OneRoute {
  @Get('/')
  answer(): object {
    return { index: ${index} };
  }
}
`;
}

function silent() {
  const none = () => undefined;
  return { trace: none, debug: none, info: none, warn: none, error: none };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
