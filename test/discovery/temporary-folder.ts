import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadSource, type LoadedSource, type LoadOptions } from '#lib/discovery/load-source.js';
import { findSources } from '#lib/discovery/find-sources.js';
import { pluginRoot } from '#lib/discovery/source.js';
import { PluginError } from 'plugboard';

const made: string[] = [];

/** Where the repository is: the app, as far as the plugins of these tests can tell. */
export const app = join(import.meta.dirname, '../..');

/** Writes files into a new folder outside the repository; `removeFolders` takes it away. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plugboard-')));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    // oxlint-disable-next-line no-await-in-loop -- few and small
    await mkdir(dirname(path), { recursive: true });
    // oxlint-disable-next-line no-await-in-loop -- few and small
    await writeFile(path, text);
  }
  return folder;
}

export async function removeFolders(): Promise<void> {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

/** Loads every plugin found in a folder of plugins, in the order of their names. */
export async function loadAll(folder: string, options: Partial<LoadOptions> = {}): Promise<LoadedSource[]> {
  const sources = await findSources([folder], { cwd: app });
  const roots = sources.flatMap((source) => pluginRoot(source) ?? []);
  return Promise.all(
    sources.map((source) => loadSource(source, { generation: 1, roots, cwd: app, ...options })),
  );
}

/** Writes one plugin's folder, named `sample`, and loads it. */
export async function loadPlugin(
  files: Readonly<Record<string, string>>,
  options: Partial<LoadOptions> = {},
): Promise<LoadedSource> {
  const entries = Object.entries(files).map(([name, text]) => [`sample/${name}`, text]);
  const [loaded] = await loadAll(
    await folderWith(Object.fromEntries(entries) as Record<string, string>),
    options,
  );
  if (!loaded) throw new Error('nothing found');
  return loaded;
}

/** The error that loading these files as a plugin gives. */
export async function loadFailure(files: Readonly<Record<string, string>>): Promise<PluginError> {
  return failureOf(loadPlugin(files));
}

export async function failureOf(outcome: Promise<unknown>): Promise<PluginError> {
  try {
    await outcome;
  } catch (error) {
    if (error instanceof PluginError) return error;
    throw error;
  }
  throw new Error('expected a PluginError, and nothing failed');
}

/** A plugin whose module exports more than its class. */
export function plugin(more = ''): string {
  return `import { Plugin } from 'plugboard';\n${more}\n@Plugin({ name: 'sample' })\nexport class SamplePlugin {}\n`;
}
