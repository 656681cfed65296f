import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseSync } from 'rolldown/utils';
import { typeScriptName } from '../register/typescript-files.ts';
import { type PluginArea, shortName } from './plugin-area.ts';

/**
 * What to say of a contract that imports a file of its plugin: it is imported as it is, the plugin has the file in its
 * bundle, and so there are two copies of what is in it.
 */
export async function describeContractImports(files: readonly string[], area: PluginArea): Promise<string[]> {
  if (area.root === area.entry) return [];
  const names = (await readdir(area.root)).filter((name) => /^contract\.[cm]?[jt]s$/.test(name));
  const found = await Promise.all(names.map((name) => importsOf(join(area.root, name), area.root)));
  return names.flatMap((name, index) =>
    (found[index] ?? [])
      .filter((path) => files.includes(path))
      .map(
        (path) =>
          `${shortName(join(area.root, name), area)} imports ${shortName(path, area)}, which the plugin uses as well: ` +
          'there are two copies of it. Move it into a folder "contract", or write import type.',
      ),
  );
}

/** The files that a module imports at run time, by every name that they may have. */
async function importsOf(path: string, folder: string): Promise<string[]> {
  const { module } = parseSync(path, await readFile(path, 'utf8'), { sourceType: 'module' });
  const imported = module.staticImports.filter(
    ({ entries }) => !entries.every(({ isType }) => isType) || entries.length === 0,
  );
  const exported = module.staticExports.flatMap(({ entries }) => entries.filter(({ isType }) => !isType));
  const specifiers = [...imported, ...exported].flatMap(({ moduleRequest }) => moduleRequest?.value ?? []);
  const paths = specifiers.filter((name) => name.startsWith('.')).map((name) => resolve(folder, name));
  return [...new Set(paths.flatMap((file) => [file, typeScriptName(file) ?? file]))];
}
