import { dirname, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compilerMissing } from '../errors/compiler-errors.ts';
import { importFailed } from '../errors/load-errors.ts';
import type { BuiltPlugins } from './ahead/built-plugins.ts';
import type { Bundle } from './bundle.ts';
import type { Enter } from './evaluate.ts';
import type { PluginRecord } from '../plugin/decorator.ts';
import type { Class } from '../plugin/tokens.ts';
import type { OwnedClasses } from '../registries/owned-classes.ts';
import { importNatively } from './native-import.ts';
import type { PluginArea } from './plugin-area.ts';
import { pickPluginClass } from './plugin-class.ts';
import { mapErrorStack, originalLocation } from './source-maps.ts';
import type { ClassSource, FileSource, FolderSource, PackageSource, Source } from './source.ts';

export interface LoadOptions {
  /** Of the plugin: 1 at first, one more with each reload. */
  readonly generation: number;
  /** `pluginRoot` of every source of the host: no plugin may import another's files. */
  readonly roots: readonly string[];
  /** Ends the wait for what never finishes loading. */
  readonly givenUp?: AbortSignal | undefined;
  /** Where the app runs: its packages are there for plugins that don't bring their own. */
  readonly cwd: string;
  /** What was bundled before the process began. */
  readonly built?: BuiltPlugins | undefined;
  /** Around the evaluation of the plugin's own code, and of no other. */
  readonly enter?: Enter | undefined;
}

/** One generation of a plugin's code, loaded and not yet constructed. */
export interface LoadedSource {
  readonly source: Source;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly pluginClass: Class;
  /** What `@Plugin` left, with `calledAt` in the author's own file. */
  readonly record: PluginRecord;
  /** The folder that the plugin is in: of its package.json, README and views. Undefined where a class does not tell. */
  readonly root: string | undefined;
  /** Real paths of the plugin's own files, where it is one that can be loaded anew. */
  readonly files: readonly string[];
  /** Real paths of the files that it imports from outside, packages aside: Node loads them once for all. */
  readonly shared: readonly string[];
  /** `pluginRoot` of the other plugins whose contracts it imports. */
  readonly contractsOf: readonly string[];
  /** What works, and is not what the author means. */
  readonly warnings: readonly string[];
  /** The name that V8 knows the plugin's code by, where it was evaluated by us. */
  readonly file: string | undefined;
  /** The classes that are this generation's alone. undefined for classes and packages, which can't be loaded anew. */
  readonly owned: OwnedClasses | undefined;
  /**
   * Takes what the generation's decorators have said out of the registries of the process, and forgets what was kept for
   * stack traces. To be called when it has stopped and no request of it is under way: without what decorators say,
   * class-validator finds anything valid, and class-transformer exposes what `@Exclude` hides.
   */
  readonly dispose: () => void;
}

type Loaded = Omit<LoadedSource, 'pluginClass' | 'record' | 'source'>;

/** Loads a plugin's code. Rejects with a `PluginError`, and only with that. */
export async function loadSource(source: Source, options: LoadOptions): Promise<LoadedSource> {
  if (source.kind === 'broken') throw source.error;
  if (source.kind === 'class') return loadClass(source);
  const loaded =
    source.kind === 'package' ? await loadPackage(source, options) : await loadBundled(source, options);
  try {
    const { pluginClass, record } = pickPluginClass(loaded.exports, source.label, source.entry);
    return { ...loaded, source, pluginClass, record: located(record) };
  } catch (error) {
    loaded.dispose();
    throw error;
  }
}

function loadClass(source: ClassSource): LoadedSource {
  const { pluginClass, label } = source;
  const exports = { [label]: pluginClass };
  const record = located(pickPluginClass(exports, label, `class ${label}`).record);
  const root = record.calledAt && dirname(record.calledAt.file);
  return { ...unbundled(exports, root), source, pluginClass, record };
}

/** As the app itself would import it, so that both have the same classes. */
async function loadPackage({ label, entry, root }: PackageSource, { enter }: LoadOptions): Promise<Loaded> {
  const load = async (): ReturnType<typeof importNatively> => importNatively(pathToFileURL(entry).href);
  try {
    return unbundled(await (enter ? enter(undefined, load) : load()), root);
  } catch (error) {
    mapErrorStack(error);
    throw importFailed(label, 'the host', label, error);
  }
}

async function loadBundled(source: FolderSource | FileSource, options: LoadOptions): Promise<Loaded> {
  const { evaluateBundle } = await import('./evaluate.ts');
  const { label, entry, root } = source;
  const own = source.kind === 'folder' ? root : entry;
  const { roots, cwd, givenUp } = options;
  const bundle = await bundleOf({ label, entry, root: own, roots, cwd }, options);
  givenUp?.throwIfAborted();
  const { exports, file, owned, dispose } = evaluateBundle(bundle, options.generation, options.enter);
  const { files, warnings, externals } = bundle;
  const contractsOf = options.roots.filter((other) => other !== own && externals.urls().some(isBelow(other)));
  const shared = externals.urls().flatMap(sharedFile);
  return { exports, root, files, shared, contractsOf, warnings, file, owned, dispose };
}

/** The one that was made ahead, or a new one where that does not fit any more. */
async function bundleOf(area: PluginArea, { built, givenUp }: LoadOptions): Promise<Bundle> {
  const found = await built?.find(area);
  if (!found) return bundleNow(area, givenUp);
  if ('bundle' in found) return found.bundle;
  const { unfit } = found;
  const bundle = await bundleNow(area, givenUp, unfit);
  const warning = `It was bundled anew, since what was built ahead does not fit: ${unfit}. Run plugboard build.`;
  return { ...bundle, warnings: [...bundle.warnings, warning] };
}

async function bundleNow(
  area: PluginArea,
  givenUp: AbortSignal | undefined,
  unfit?: string,
): Promise<Bundle> {
  // Loaded late: the bundler costs 50 ms and 21 MB, which a host of classes and packages need not pay.
  const { bundlePlugin } = await import('./bundle.ts').catch((error: unknown) => {
    throw compilerMissing(error, area.label, unfit);
  });
  return bundlePlugin(area, givenUp);
}

function sharedFile(url: string): string[] {
  if (!url.startsWith('file:')) return [];
  const path = fileURLToPath(url);
  return path.includes(`${sep}node_modules${sep}`) ? [] : [path];
}

function isBelow(folder: string): (url: string) => boolean {
  const start = `${pathToFileURL(folder).href}/`;
  return (url) => url.startsWith(start);
}

function unbundled(exports: Readonly<Record<string, unknown>>, root: string | undefined): Loaded {
  return {
    exports,
    root,
    files: [],
    shared: [],
    contractsOf: [],
    warnings: [],
    file: undefined,
    owned: undefined,
    dispose: () => undefined,
  };
}

function located(record: PluginRecord): PluginRecord {
  return { ...record, calledAt: record.calledAt && originalLocation(record.calledAt) };
}
