import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { notABuildFolder } from '../../errors/compiler-errors.ts';
import { PluginError } from '../../errors/plugin-error.ts';
import type { BuildReport } from '../../plugin/build-report.ts';
import { hashOf } from '../../register/compiled-ahead.ts';
import { registerTypeScript } from '../../register/register-typescript.ts';
import { bundlePlugin } from '../bundle.ts';
import { externalOf } from '../external-modules.ts';
import { type Source, pluginRoot } from '../source.ts';
import { type BuiltPlugin, manifestName } from './build-manifest.ts';
import { packageVersion } from './package-version.ts';
import { PortableNames } from './portable-names.ts';
import { portableText } from './portable-text.ts';
import { compileShared } from './shared-modules.ts';
import { writeBuild, type BuiltText } from './write-build.ts';

export interface BuildOrder {
  readonly sources: readonly Source[];
  /** Absolute path of the folder to write. */
  readonly folder: string;
  /** Where the app runs. */
  readonly cwd: string;
  /** Of Plugboard. */
  readonly version: string;
}

/** A plugin on its way into the folder. */
interface Built {
  readonly source: Source;
  /** Undefined for what needs no bundle: a package, a class. */
  readonly text?: BuiltText | undefined;
  /** URLs of what is imported as it is. */
  readonly urls: readonly string[];
  readonly error?: PluginError | undefined;
}

/**
 * Bundles all plugins that are folders or files, and compiles what they import from outside as TypeScript. Nothing of a
 * plugin is run; the modules from outside are. All is written, or nothing.
 *
 * @throws PluginError NOT_A_BUILD_FOLDER, BUILD_NOT_WRITTEN
 */
export async function buildPlugins(order: BuildOrder): Promise<BuildReport> {
  const { sources, folder, cwd, version } = order;
  refuseOtherFolder(folder);
  await registerTypeScript();
  const names = new PortableNames(cwd);
  const roots = sources.flatMap((source) => pluginRoot(source) ?? []);
  const files = fileNames(sources);
  const built = await Promise.all(
    sources.map(async (source, index) => build(source, { names, roots, cwd, file: files[index] ?? '' })),
  );
  const modules = await compileShared(built.flatMap(({ urls }) => urls));
  const isWritten = built.every(({ error }) => error === undefined);
  if (isWritten) {
    const texts = built.flatMap(({ text }) => text ?? []);
    await writeBuild({ folder, texts, modules, names, version });
  }
  return { folder, isWritten, plugins: built.map(toResult), modules: modules.map(({ path }) => path) };
}

function refuseOtherFolder(folder: string): void {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder);
  if (entries.length > 0 && !entries.includes(manifestName)) throw notABuildFolder(folder);
}

/** By what they are called, each once. */
function fileNames(sources: readonly Source[]): readonly string[] {
  const used = new Map<string, number>();
  return sources.map(({ label }) => {
    const name = label.replaceAll(/[^\w.-]/g, '_');
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return `${count === 1 ? name : `${name}-${count}`}.cjs`;
  });
}

interface Surroundings {
  readonly names: PortableNames;
  readonly roots: readonly string[];
  readonly cwd: string;
  readonly file: string;
}

async function build(source: Source, { names, roots, cwd, file }: Surroundings): Promise<Built> {
  if (source.kind === 'broken') return { source, urls: [], error: source.error };
  if (source.kind !== 'folder' && source.kind !== 'file') return { source, urls: [] };
  const { label, entry, root } = source;
  try {
    const own = source.kind === 'folder' ? root : entry;
    const bundle = await bundlePlugin({ label, entry, root: own, roots, cwd });
    const { code, externals } = portableText(bundle.code, names);
    const lazy = [...bundle.code.matchAll(/\$\$load\("(file:[^"]+)"\)/g)].map(([, url = '']) => url);
    const versions = externals.map((id) => [id, packageVersion(externalOf(id).url, names)] as const);
    const plugin: BuiltPlugin = {
      entry: names.nameOf(entry),
      file,
      sources: await hashes(bundle.files, names),
      externals: Object.fromEntries(versions),
      warnings: bundle.warnings,
    };
    const text: BuiltText = { plugin, code, map: portableMap(bundle.map, names) };
    return { source, text, urls: [...bundle.externals.urls(), ...lazy] };
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    return { source, urls: [], error };
  }
}

async function hashes(files: readonly string[], names: PortableNames): Promise<Record<string, string>> {
  const found = files.map(async (path) => [names.nameOf(path), hashOf(await readFile(path))] as const);
  return Object.fromEntries(await Promise.all(found));
}

function portableMap(json: string | (() => string), names: PortableNames): string {
  const map = JSON.parse(typeof json === 'string' ? json : json()) as { readonly sources: readonly string[] };
  return JSON.stringify({ ...map, sources: map.sources.map((source) => names.nameOf(source)) });
}

function toResult({ source, text, error }: Built): BuildReport['plugins'][number] {
  return {
    label: source.label,
    entry: 'entry' in source ? source.entry : undefined,
    bytes: text && Buffer.byteLength(text.code),
    warnings: text?.plugin.warnings ?? [],
    error,
  };
}
