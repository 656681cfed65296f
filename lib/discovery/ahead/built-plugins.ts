import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf, useCompiledAhead } from '../../register/compiled-ahead.ts';
import type { Bundle } from '../bundle.ts';
import { externalOf, externalValue } from '../external-modules.ts';
import type { PluginArea } from '../plugin-area.ts';
import { type BuildManifest, type BuiltPlugin, manifestFormat, readBuildManifest } from './build-manifest.ts';
import { packageVersion } from './package-version.ts';
import { PortableNames } from './portable-names.ts';

/** A plugin's text as it was bundled ahead, or why that does not fit any more. */
export type Found = { readonly bundle: Bundle } | { readonly unfit: string };

/** What `plugboard build` has left in a folder. */
export class BuiltPlugins {
  readonly #byEntry: ReadonlyMap<string, BuiltPlugin>;

  private constructor(
    private readonly folder: string,
    private readonly names: PortableNames,
    private readonly unfit: string | undefined,
    manifest?: BuildManifest,
  ) {
    this.#byEntry = new Map(manifest?.plugins.map((plugin) => [plugin.entry, plugin]));
  }

  /**
   * `version` is that of Plugboard now. Never rejects: where there is no build, or one that does not fit, each plugin is told why
   * it gets nothing.
   */
  static async open(folder: string, cwd: string, version: string): Promise<BuiltPlugins> {
    const names = new PortableNames(cwd);
    const manifest = await readBuildManifest(folder);
    if (!manifest) return new BuiltPlugins(folder, names, `there is no build in ${folder}`);
    const { format, plugboard, modules } = manifest;
    if (format !== manifestFormat || plugboard !== version) {
      return new BuiltPlugins(folder, names, `it was made by Plugboard ${plugboard}, and this is ${version}`);
    }
    useCompiledAhead(
      modules.map((module) => ({
        ...module,
        path: names.pathOf(module.source),
        file: join(folder, module.file),
      })),
    );
    return new BuiltPlugins(folder, names, undefined, manifest);
  }

  /** The plugin's bundle, if what it was made of is as it was. Rejects only with what a module from outside throws. */
  async find(area: PluginArea): Promise<Found> {
    const built = this.#byEntry.get(this.names.nameOf(area.entry));
    const unfit = this.unfit ?? (built ? await this.#changedIn(built) : 'it has not this plugin');
    if (!built || unfit !== undefined) return { unfit: unfit ?? '' };
    const text = join(this.folder, built.file);
    return { bundle: await this.#bundle(area, built, text) };
  }

  /** What is not as it was. */
  async #changedIn({ sources, externals }: BuiltPlugin): Promise<string | undefined> {
    for (const [name, hash] of Object.entries(sources)) {
      const text = await readFile(this.names.pathOf(name)).catch(() => undefined);
      if (text === undefined) return `${short(name)} is not there any more`;
      if (hashOf(text) !== hash) return `${short(name)} has changed since`;
    }
    for (const [id, version] of Object.entries(externals)) {
      const { url: name } = externalOf(id);
      if (!this.names.exists(name)) return `${short(name)} is not there any more`;
      const found = packageVersion(name, this.names);
      if (found !== version) return `${short(name)} was of version ${version}, and is of ${found}`;
    }
    return undefined;
  }

  async #bundle(area: PluginArea, built: BuiltPlugin, file: string): Promise<Bundle> {
    const { names } = this;
    const ids = Object.keys(built.externals);
    const urls = ids.map((id) => names.urlOf(externalOf(id).url));
    const values = await Promise.all(
      ids.map(async (id, index) => externalValue({ ...externalOf(id), url: urls[index] ?? '' })),
    );
    const byId = new Map(ids.map((id, index) => [id, values[index]]));
    return {
      area,
      code: await readFile(file, 'utf8'),
      map: () => absoluteMap(readFileSync(`${file}.map`, 'utf8'), names),
      names,
      files: Object.keys(built.sources).map((name) => names.pathOf(name)),
      externals: { get: (id) => byId.get(id), urls: () => urls },
      warnings: built.warnings,
    };
  }
}

function absoluteMap(text: string, names: PortableNames): string {
  const map = JSON.parse(text) as { readonly sources: readonly string[] };
  return JSON.stringify({ ...map, sources: map.sources.map((source) => names.pathOf(source)) });
}

/** `app:plugins/greeter/index.ts` → `plugins/greeter/index.ts` */
function short(name: string): string {
  return name.replace(/^(app|host):/, '');
}
