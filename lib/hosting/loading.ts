import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTimeout } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { readManifest } from '../plugin/manifest.ts';
import type { PluginOptions } from '../plugin/options.ts';
import { PluginFolders } from '../plugin/plugin-folders.ts';
import type { PluginIdentity } from '../plugin/status.ts';
import type { Class } from '../plugin/tokens.ts';
import { insideBoundary } from '../supervision/boundary.ts';
import type { EscapeWatch } from '../supervision/escapes/escape-watch.ts';
import type { PluginCode } from '../supervision/escapes/plugin-code.ts';
import type { PluginScope } from '../supervision/escapes/plugin-scope.ts';
import { findSources } from '../discovery/find-sources.ts';
import { loadSource, type LoadedSource, type LoadOptions } from '../discovery/load-source.ts';
import { pluginRoot, type Source } from '../discovery/source.ts';

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
  /** Labels of the other sources whose contracts it imports: what it needs may be theirs. */
  readonly contractsOf: readonly string[];
  readonly warnings: readonly string[];
  /** By which it is known what the plugin starts by itself. */
  readonly scope: PluginScope;
}

/** A source gives a plugin, or a row that says why not. */
export type Candidate =
  | { readonly kind: 'loaded'; readonly plugin: LoadedPlugin }
  | {
      readonly kind: 'broken';
      readonly label: string;
      readonly error: PluginError;
    };

/**
 * Finds and loads all plugins, side by side, in the order given, each within `limitMs`.
 * Never rejects: what is broken is a candidate, too.
 */
export async function loadPlugins(
  plugins: readonly (string | Class)[],
  escapes: EscapeWatch,
  cwd = process.cwd(),
  limitMs = loadMs,
): Promise<readonly Candidate[]> {
  const sources = await findSources(plugins, { cwd });
  const roots = sources.flatMap((source) => pluginRoot(source) ?? []);
  const labels = new Map(sources.map((source) => [pluginRoot(source), source.label]));
  const rules = { labels, limitMs, folders: new PluginFolders(), escapes };
  return Promise.all(
    sources.map(async (source) => loadCandidate(source, { generation: 1, roots, cwd }, rules)),
  );
}

type Labels = ReadonlyMap<string | undefined, string>;

interface LoadRules {
  readonly labels: Labels;
  readonly limitMs: number;
  readonly folders: PluginFolders;
  readonly escapes: EscapeWatch;
}

async function loadCandidate(
  source: Source,
  options: LoadOptions,
  { labels, limitMs, folders, escapes }: LoadRules,
): Promise<Candidate> {
  const { label: plugin } = source;
  const scope = escapes.scopeFor(plugin, options.generation, codeOf(source));
  const enter: LoadOptions['enter'] = (evaluatedAs, evaluate) => {
    scope.code = { ...scope.code, evaluatedAs };
    return scope.run(evaluate);
  };
  const wait = new AbortController();
  const onTimeout = (): PluginError => {
    const error = loadTimeout(plugin, limitMs);
    wait.abort(error);
    return error;
  };
  try {
    const loaded = await insideBoundary({ plugin, phase: 'load', limitMs, onTimeout }, async () => {
      const code = await loadSource(source, { ...options, givenUp: wait.signal, enter });
      if (source.kind === 'class') scope.code = { root: code.root, isShared: true };
      return toPlugin(code, { labels, folders, scope });
    });
    scope.plugin = loaded.identity.name;
    return { kind: 'loaded', plugin: loaded };
  } catch (error) {
    scope.end();
    return { kind: 'broken', label: plugin, error: error as PluginError };
  }
}

// Wide: hundreds of folders are bundled side by side, and all of them begin at once.
const loadMs = 60_000;

function codeOf(source: Source): PluginCode {
  return { root: source.kind === 'package' ? source.root : pluginRoot(source) };
}

interface Around {
  readonly labels: Labels;
  readonly folders: PluginFolders;
  readonly scope: PluginScope;
}

async function toPlugin(loaded: LoadedSource, { labels, folders, scope }: Around): Promise<LoadedPlugin> {
  const { pluginClass, record, source, warnings, root } = loaded;
  const manifest = await readManifest(record, { root, label: source.label, folders });
  const { name, version, description, author, license, documentation, requires } = manifest;
  const options = { ...record.options, name };
  const folder = record.calledAt ? dirname(record.calledAt.file) : loaded.root;
  return {
    origin: 'entry' in source ? source.entry : `class ${source.label}`,
    pluginClass,
    options,
    controllers: [pluginClass, ...(options.controllers ?? [])],
    identity: { name, version, description, author, license, readme: documentation?.path },
    requires,
    views: resolveFolder(options.views, folder) ?? defaultViews(folder),
    assets: resolveFolder(options.assets, folder),
    contractsOf: loaded.contractsOf.flatMap((root) => labels.get(root) ?? []),
    warnings,
    scope,
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
