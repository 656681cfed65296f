// Run with --expose-gc: loads, serves and unloads one plugin many times, and says what is left of it.
import { readFile, writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { createHost } from 'plugboard';
import { findSources } from '#lib/discovery/find-sources.js';
import { loadSource } from '#lib/discovery/load-source.js';
import type { Source } from '#lib/discovery/source.js';
import { registrySizes, type RegistrySizes } from '../support/registry-sizes.ts';
import { ask } from './unloading-asking.ts';
import { requestsTo } from './unloading-requests.ts';

export interface UnloadingReport {
  /** How many of each generation's objects are still there. */
  readonly left: Readonly<Record<string, number>>;
  readonly sizesBefore: RegistrySizes;
  readonly sizesWhileServing: RegistrySizes;
  readonly sizesAfter: RegistrySizes;
  readonly heapPerReload: number;
  readonly answers: readonly string[];
}

const [folder = '', count = '40', held] = process.argv.slice(2);
const parts = new Map<string, WeakRef<object>[]>();
const kept: unknown[] = [];

const [source] = await findSources([folder], { cwd: process.cwd() });
if (!source || source.kind !== 'folder') throw new Error(`no plugin in ${folder}`);
// What is imported from outside stays, and so does what is compiled at the first use.
await serveOnce(source, 1);
await collect();
parts.clear();
const sizesBefore = registrySizes();
const heapBefore = process.memoryUsage().heapUsed;
let last = await serveOnce(source, 2);
for (let generation = 3; generation <= Number(count) + 1; generation += 1)
  last = await serveOnce(source, generation);
await collect();
const report: UnloadingReport = {
  left: Object.fromEntries(
    [...parts].map(([name, refs]) => [name, refs.filter((ref) => ref.deref()).length]),
  ),
  sizesBefore,
  sizesWhileServing: last.sizes,
  sizesAfter: registrySizes(),
  heapPerReload: Math.round((process.memoryUsage().heapUsed - heapBefore) / Number(count)),
  answers: last.answers,
};
process.stdout.write(JSON.stringify(report));

async function serveOnce(
  { entry, root }: Extract<Source, { kind: 'folder' }>,
  generation: number,
): Promise<{ readonly answers: readonly string[]; readonly sizes: RegistrySizes }> {
  const code = await readFile(entry, 'utf8');
  await writeFile(entry, code.replace(/const build = \d+/, `const build = ${generation}`));
  const loaded = await loadSource(
    { kind: 'folder', label: 'orders', path: root, entry, root },
    { generation, roots: [root], cwd: process.cwd() },
  );
  const { pluginClass } = loaded;
  const host = createHost({
    plugins: [pluginClass],
    authorizationChecker: () => true,
  });
  const server = await host.listen(0);
  const [status] = host.plugins;
  if (status?.state !== 'running') throw new Error(JSON.stringify(status?.failure));
  note('class', pluginClass);
  note('instance', host.get(pluginClass as never, { plugin: status.name }));
  note('host', host);
  if (held === 'held' && generation === 3) kept.push(pluginClass);
  const answers = [];
  for (const asked of requestsTo(status.name)) answers.push(await ask(server, asked));
  const now = registrySizes();
  await host.close();
  loaded.dispose();
  return { answers, sizes: now };
}

function note(name: string, part: unknown): void {
  parts.set(name, [...(parts.get(name) ?? []), new WeakRef(part as object)]);
}

async function collect(): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    await setImmediate();
    globalThis.gc?.();
  }
}
