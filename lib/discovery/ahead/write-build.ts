import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { buildNotWritten } from '../../errors/compiler-errors.ts';
import { type BuildManifest, type BuiltPlugin, manifestFormat, manifestName } from './build-manifest.ts';
import type { PortableNames } from './portable-names.ts';
import type { SharedModule } from './shared-modules.ts';

/** A bundled plugin as it is to be written. */
export interface BuiltText {
  readonly plugin: BuiltPlugin;
  readonly code: string;
  /** A source map in JSON. */
  readonly map: string;
}

export interface BuildContent {
  /** Absolute path. */
  readonly folder: string;
  readonly texts: readonly BuiltText[];
  readonly modules: readonly SharedModule[];
  readonly names: PortableNames;
  /** Of Plugboard. */
  readonly version: string;
}

/**
 * Writes a build beside its folder, and then puts it in the folder's place: there is never half of one.
 *
 * @throws PluginError BUILD_NOT_WRITTEN
 */
export async function writeBuild({ folder, texts, modules, names, version }: BuildContent): Promise<void> {
  const fresh = join(dirname(folder), `.${basename(folder)}-${process.pid}`);
  const files = modules.map(({ path }, index) => `modules/${index + 1}-${basename(path)}.js`);
  const manifest: BuildManifest = {
    format: manifestFormat,
    plugboard: version,
    plugins: texts.map(({ plugin }) => plugin),
    modules: modules.map(({ path, script: _script, map: _map, ...module }, index) => ({
      source: names.nameOf(path),
      file: files[index] ?? '',
      ...module,
    })),
  };
  try {
    await mkdir(dirname(folder), { recursive: true });
    // One by one: what Node says of several is not why the first of them could not be made.
    await mkdir(fresh);
    await mkdir(join(fresh, 'modules'));
    for (const { plugin, code, map } of texts) await writeText(join(fresh, plugin.file), code, map);
    for (const [index, { script, map }] of modules.entries())
      await writeText(join(fresh, files[index] ?? ''), script, map);
    await writeFile(join(fresh, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw buildNotWritten(folder, error);
  }
}

async function writeText(path: string, code: string, map: string): Promise<void> {
  await writeFile(path, code);
  await writeFile(`${path}.map`, map);
}
