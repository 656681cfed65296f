import { readFile } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { assetMissing, folderMissing } from '../errors/check-errors.ts';
import type { HostOptions } from '../hosting/options.ts';
import { PluginError } from '../errors/plugin-error.ts';
import { AssetFiles } from '../http/asset-files.ts';
import { ViewFolders } from '../http/view-folders.ts';
import type { Finding } from './finding.ts';
import { actionAnchor, type DescribedEntry } from './route-findings.ts';

/** Folders, templates and assets that are named and are not there. */
export async function pageFindings(
  { entry, description }: DescribedEntry,
  options: Pick<HostOptions, 'views' | 'viewEngines'>,
): Promise<readonly Finding[]> {
  const { name } = entry.row;
  const { loaded } = entry;
  const missing = (['views', 'assets'] as const).flatMap((option): Finding[] => {
    const folder = loaded[option];
    if (folder === undefined || isFolder(folder)) return [];
    const anchor = { kind: 'option', type: loaded.pluginClass, option } as const;
    return [{ error: folderMissing(name, option, folder), anchor }];
  });
  const shared = options.views === undefined ? [] : [resolve(options.views)];
  const folders = loaded.views === undefined ? shared : [loaded.views, ...shared];
  const pages = new Pages(name, folders, loaded.assets, options);
  for (const { description: action } of description.routes) {
    const template = action?.metadata.renderedTemplate;
    if (!action || template === undefined) continue;
    const finding = pages.find(template);
    if (finding) missing.push({ ...finding, anchor: actionAnchor(action) });
  }
  return [...missing, ...(await pages.findings())];
}

/** The templates that actions of one plugin render, and what these name themselves. */
class Pages {
  readonly #folders: ViewFolders;
  readonly #extensions: readonly string[];
  readonly #files = new Set<string>();

  constructor(
    private readonly plugin: string,
    private readonly paths: readonly string[],
    private readonly assets: string | undefined,
    { viewEngines = {} }: Pick<HostOptions, 'viewEngines'>,
  ) {
    this.#folders = new ViewFolders(plugin, paths);
    this.#extensions = ['eta', ...Object.keys(viewEngines).map((extension) => extension.replace(/^\./, ''))];
  }

  /** What is wrong with the name of a template that an action renders. */
  find(template: string): Finding | undefined {
    const found = this.#attempt(() => this.#folders.find(template, this.#extensions));
    if (typeof found === 'string') {
      this.#files.add(found);
      return undefined;
    }
    const error = found ?? (this.#folders.missing(template) as PluginError);
    // Without any folder, the app's own view engine may be meant, which nobody can ask.
    return { error, severity: this.paths.length > 0 ? 'error' : 'warning' };
  }

  /** What is wrong with layouts, includes and assets that the templates name in plain words. */
  async findings(): Promise<readonly Finding[]> {
    const found: Finding[] = [];
    const assets = this.assets === undefined ? undefined : new AssetFiles(this.assets);
    // It grows while it is gone through: a layout may have a layout.
    for (const file of this.#files) {
      if (!file.endsWith('.eta')) continue;
      const text = await readFile(file, 'utf8');
      for (const { called, name, line } of references(text)) {
        const error = called === 'it.asset' ? this.#asset(name, file, assets) : this.#view(name, file);
        if (error) found.push({ error, anchor: { kind: 'file', file, line } });
      }
    }
    return found;
  }

  #view(name: string, askedBy: string): PluginError | undefined {
    const found = this.#attempt(() => this.#folders.resolve(name, askedBy, 'eta'));
    if (typeof found === 'string') this.#files.add(found);
    return typeof found === 'string' ? undefined : found;
  }

  #asset(name: string, file: string, assets: AssetFiles | undefined): PluginError | undefined {
    const path = name.replace(/^[./]+/, '');
    return assets?.find(path) === undefined ? assetMissing(this.plugin, path, basename(file)) : undefined;
  }

  #attempt<T>(look: () => T): T | PluginError {
    try {
      return look();
    } catch (error) {
      if (error instanceof PluginError) return error;
      throw error;
    }
  }
}

interface Reference {
  readonly called: string;
  readonly name: string;
  readonly line: number;
}

/** `it.asset('style.css')`, `layout('./page')`, `include('menu')`. */
function references(text: string): Reference[] {
  const calls = /\b(it\.asset|layout|include|includeAsync)\(\s*(['"`])([^'"`$]+)\2/g;
  return [...text.matchAll(calls)].map(({ 1: called = '', 3: name = '', index }) => ({
    called,
    name,
    line: text.slice(0, index).split('\n').length,
  }));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
