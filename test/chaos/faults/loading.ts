import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brokenPlugins, plugin, type BrokenPlugin } from '../../host/broken-plugins.ts';
import { folderWith } from '../../host/hosting.ts';
import type { Arena } from '../arena.ts';
import type { Fault, Seen } from './fault.ts';

const twins = new Set(['a name that another plugin has']);

/** Only of what a host finds at its own start one is the second with its name. */
const replacing = {
  start: 'to a host that runs, whoever has its name is replaced by it',
  serving: 'to a host that runs, whoever has its name is replaced by it',
};

/** Plugins that can't be loaded, planned or started: as new ones, and in the place of one that serves. */
export const loading: readonly Fault[] = Object.entries(brokenPlugins).map(([title, broken]) => ({
  title,
  at: { ...(twins.has(title) ? replacing : trialsOf(broken)), stopping: 'nothing is loaded then' },
}));

function trialsOf(broken: BrokenPlugin): Pick<Fault['at'], 'start' | 'serving'> {
  const { code: failure, state: ends = 'failed' } = broken;
  return {
    start: { expected: { failure, ends }, run: async (arena) => begin(arena, broken) },
    serving: {
      expected: { failure, answer: 200, ends: 'running' },
      run: async (arena) => replace(arena, broken),
    },
  };
}

/** It comes as it is. */
async function begin(arena: Arena, { files, row }: BrokenPlugin): Promise<Seen> {
  await loadAll(arena, await folderWith(files), Object.keys(files));
  return endAll(arena, row);
}

/** It comes in the place of one of its name that is well. */
async function replace(arena: Arena, { files, row }: BrokenPlugin): Promise<Seen> {
  const [broken = '', text = ''] = Object.entries(files).at(-1) ?? [];
  const well = broken.replace(/\.mjs$/, '.ts');
  const folder = await folderWith({ ...files, [broken]: '', [well]: plugin(row) });
  if (well !== broken) await rm(join(folder, broken));
  await loadAll(arena, folder, Object.keys(files));
  await rm(join(folder, well));
  await writeFile(join(folder, broken), text);
  await arena.host.reload(row);
  const answer = await arena.ask(`/${row}`);
  return { ...(await endAll(arena, row)), answer };
}

async function loadAll({ host }: Arena, folder: string, files: readonly string[]): Promise<void> {
  const plugins = new Set(files.map((file) => (file.includes('/') ? dirname(file) : file)));
  for (const one of plugins) await host.load(join(folder, one));
}

/** What is seen of one of them; then all of them go. */
async function endAll({ host }: Arena, row: string): Promise<Seen> {
  const guests = host.plugins.filter(({ name, state }) => !atHome.has(name) && state !== 'stopped');
  const { state, failure } = guests.find(({ name }) => name === row) ?? {};
  for (const { name } of guests) await host.unload(name);
  return { ends: state ?? 'stopped', ...(failure && { failure: failure.code }) };
}

const atHome = new Set(['a-healthy', 'catalog', 'shop']);
