import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilerMissing } from '../errors/compiler-errors.ts';
import { loadTimeout } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { BuildReport } from '../plugin/build-report.ts';
import { readManifest } from '../plugin/manifest.ts';
import type { PluginOptions } from '../plugin/options.ts';
import { PluginFolders } from '../plugin/plugin-folders.ts';
import type { PluginIdentity } from '../plugin/status.ts';
import type { Class } from '../plugin/tokens.ts';
import type { OwnedClasses } from '../registries/owned-classes.ts';
import { insideBoundary, type Boundary } from '../supervision/boundary.ts';
import type { EscapeWatch } from '../supervision/escapes/escape-watch.ts';
import type { PluginCode } from '../supervision/escapes/plugin-code.ts';
import type { PluginScope } from '../supervision/escapes/plugin-scope.ts';
import { watchGlobals } from '../supervision/globals/global-changes.ts';
import { findSources } from '../discovery/find-sources.ts';
import type { BuiltPlugins } from '../discovery/ahead/built-plugins.ts';
import { findAt } from '../discovery/path-source.ts';
import { findPlaces, type Place } from '../discovery/places.ts';
import { loadSource, type LoadedSource, type LoadOptions } from '../discovery/load-source.ts';
import { pluginRoot, sourceOrigin, type Source } from '../discovery/source.ts';
import { ownVersion } from './own-version.ts';

/** A plugin whose class is there; nothing of it is constructed. */
export interface LoadedPlugin {
  /** For messages: the file or the class that it came from. */
  readonly origin: string;
  readonly pluginClass: Class;
  readonly options: PluginOptions;
  /** The plugin class itself first: it may have routes or none. */
  readonly controllers: readonly Class[];
  readonly identity: PluginIdentity;
  /** `plugboard` or the name of a plugin → semver range. */
  readonly requires: Readonly<Record<string, string>>;
  /** Absolute path of its own templates. */
  readonly views: string | undefined;
  /** Absolute path of the folder with files to serve. */
  readonly assets: string | undefined;
  /** Real paths of the files that it shares with others, which can't be loaded anew. */
  readonly shared: readonly string[];
  /** Labels of the other sources whose contracts it imports: what it needs may be theirs. */
  readonly contractsOf: readonly string[];
  readonly warnings: readonly string[];
  /** Real paths of its own files, where it can be loaded anew. */
  readonly files: readonly string[];
  /** The name that V8 knows its code by, where it was evaluated by us. */
  readonly file: string | undefined;
  /** The classes that are this generation's alone; undefined where it can't be loaded anew. */
  readonly owned: OwnedClasses | undefined;
  /** Of its code, for what its modules start when they are loaded; each generation has one of its own. */
  readonly scope: PluginScope;
  /** Forgets what the process keeps of its code; to be called when nothing of it runs any more. */
  readonly dispose: () => void;
}

/** A source gives a plugin, or a row that says why not. */
export type Candidate =
  | { readonly kind: 'loaded'; readonly source: Source; readonly plugin: LoadedPlugin }
  | {
      readonly kind: 'broken';
      readonly source: Source;
      readonly label: string;
      readonly error: PluginError;
    };

export interface LoaderOptions {
  /** What relative paths are relative to, and where packages are looked up from. Default: the working directory. */
  readonly cwd?: string | undefined;
  /** For each plugin, in ms. Default 60,000. */
  readonly limitMs?: number | undefined;
  /** The folder of what `plugboard build` has made, looked at when something is loaded. Default false: none. */
  readonly build?: string | false | undefined;
}

/** Finds and loads plugins. */
export class Loader {
  /** By the root of each source that was found: its label. */
  readonly #labels = new Map<string, string>();
  #built: Promise<BuiltPlugins> | undefined;

  readonly cwd: string;
  readonly #limitMs: number;

  constructor(
    private readonly escapes: EscapeWatch,
    private readonly options: LoaderOptions = {},
  ) {
    const { cwd = process.cwd(), limitMs = loadMs } = options;
    this.cwd = cwd;
    this.#limitMs = limitMs;
  }

  /** Never rejects: what can't be found is a broken source. In the order given. */
  async find(plugins: readonly (string | Class)[]): Promise<readonly Source[]> {
    const sources = await findSources(plugins, { cwd: this.cwd });
    for (const source of sources) this.#note(source);
    return sources;
  }

  /** The plugin that is at a path now; undefined where there is nothing. */
  async findAt(path: string): Promise<Source | undefined> {
    const source = await findAt(path);
    if (source) this.#note(source);
    return source;
  }

  /** Where plugins may come, change and go. */
  async places(plugins: readonly (string | Class)[]): Promise<readonly Place[]> {
    return findPlaces(plugins, this.cwd);
  }

  /** Bundles what `plugins` lists into a folder. @throws PluginError NOT_A_BUILD_FOLDER, BUILD_NOT_WRITTEN */
  async build(plugins: readonly (string | Class)[], folder: string): Promise<BuildReport> {
    const { buildPlugins } = await import('../discovery/ahead/build-plugins.ts').catch((error: unknown) => {
      throw compilerMissing(error);
    });
    const { cwd } = this;
    const sources = await findSources(plugins, { cwd });
    return buildPlugins({ sources, folder: resolve(cwd, folder), cwd, version: ownVersion });
  }

  /** Side by side, each within the limit. Never rejects: what is broken is a candidate, too. */
  async loadAll(sources: readonly Source[]): Promise<readonly Candidate[]> {
    const folders = new PluginFolders();
    return Promise.all(sources.map(async (source) => this.load(source, 1, folders)));
  }

  /** Loads a source, from its files as they are now. `generation` is for stack traces. */
  async load(source: Source, generation: number, folders = new PluginFolders()): Promise<Candidate> {
    const { cwd } = this;
    const limitMs = this.#limitMs;
    const { label } = source;
    const scope = this.escapes.scopeFor(label, generation, codeOf(source));
    const wait = new AbortController();
    const onTimeout = (): PluginError => {
      const error = loadTimeout(label, limitMs);
      wait.abort(error);
      return error;
    };
    const changes: string[] = [];
    const enter: LoadOptions['enter'] = (evaluatedAs, evaluate) => {
      scope.code = { ...scope.code, evaluatedAs };
      return watchGlobals(
        () => scope.run(evaluate),
        (warning) => changes.push(warning),
      );
    };
    const roots = [...this.#labels.keys()];
    const boundary: Boundary = { plugin: label, phase: 'load', limitMs, onTimeout };
    try {
      const plugin = await insideBoundary(boundary, async () => {
        const built = await this.#openBuild();
        const loaded = await loadSource(source, {
          generation,
          enter,
          roots,
          cwd,
          built,
          givenUp: wait.signal,
        });
        if (source.kind === 'class') scope.code = { root: loaded.root, isShared: true };
        const around = { labels: this.#labels, folders, scope };
        try {
          const warnings = [...loaded.warnings, ...changes];
          const plugin = await toPlugin({ ...loaded, warnings }, around);
          wait.signal.throwIfAborted();
          return plugin;
        } catch (error) {
          loaded.dispose();
          throw error;
        }
      });
      return { kind: 'loaded', source, plugin };
    } catch (error) {
      scope.end();
      return { kind: 'broken', source, label, error: error as PluginError };
    }
  }

  async #openBuild(): Promise<BuiltPlugins | undefined> {
    const { build } = this.options;
    if (build === undefined || build === false) return undefined;
    const { BuiltPlugins } = await import('../discovery/ahead/built-plugins.ts');
    return (this.#built ??= BuiltPlugins.open(resolve(this.cwd, build), this.cwd, ownVersion));
  }

  #note(source: Source): void {
    const root = pluginRoot(source);
    if (root !== undefined) this.#labels.set(root, source.label);
  }
}

function codeOf(source: Source): PluginCode {
  return { root: source.kind === 'package' ? source.root : pluginRoot(source) };
}

// Wide: hundreds of folders are bundled side by side, and all of them begin at once.
const loadMs = 60_000;

interface Around {
  readonly labels: ReadonlyMap<string, string>;
  readonly folders: PluginFolders;
  readonly scope: PluginScope;
}

async function toPlugin(loaded: LoadedSource, { labels, folders, scope }: Around): Promise<LoadedPlugin> {
  const { pluginClass, record, source, warnings, root, files, file, owned, dispose } = loaded;
  const classFolder = record.calledAt && dirname(record.calledAt.file);
  const manifest = await readManifest(record, { root, classFolder, label: source.label, folders });
  const { name, version, description, author, license, documentation, requires } = manifest;
  const options = { ...record.options, name };
  scope.plugin = name;
  const folder = classFolder ?? loaded.root;
  return {
    origin: sourceOrigin(source),
    pluginClass,
    options,
    controllers: [pluginClass, ...(options.controllers ?? [])],
    identity: { name, version, description, author, license, readme: documentation?.path },
    requires,
    views: resolveFolder(options.views, folder) ?? defaultViews(folder),
    assets: resolveFolder(options.assets, folder),
    shared: loaded.shared,
    contractsOf: loaded.contractsOf.flatMap((root) => labels.get(root) ?? []),
    warnings,
    files,
    file,
    owned,
    scope,
    dispose: () => {
      scope.end();
      dispose();
    },
  };
}

function resolveFolder(path: string | URL | undefined, folder: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  if (path instanceof URL || path.startsWith('file:')) return fileURLToPath(path);
  return isAbsolute(path) ? path : resolve(folder ?? process.cwd(), path);
}

function defaultViews(folder: string | undefined): string | undefined {
  const views = folder === undefined ? undefined : resolve(folder, 'views');
  return views !== undefined && existsSync(views) ? views : undefined;
}
