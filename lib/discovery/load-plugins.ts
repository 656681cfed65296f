import type { PluginError } from '../errors/plugin-error.ts';
import type { PluginOptions } from '../plugin/options.ts';
import type { PluginIdentity } from '../plugin/status.ts';
import { pluginRecord } from '../plugin/decorator.ts';
import type { Class } from '../plugin/tokens.ts';

/** A plugin whose class is there; nothing of it is constructed. */
export interface LoadedPlugin {
  /** For messages: the folder, the package or the class that it came from. */
  readonly origin: string;
  readonly pluginClass: Class;
  readonly options: PluginOptions;
  readonly identity: PluginIdentity;
  /** Absolute paths. */
  readonly views?: string | undefined;
  readonly assets?: string | undefined;
  readonly warnings: readonly string[];
}

/** A source either gives a plugin, or a row that says why not. */
export type Candidate =
  | { readonly kind: 'loaded'; readonly plugin: LoadedPlugin }
  | { readonly kind: 'broken'; readonly label: string; readonly origin: string; readonly error: PluginError };

export async function loadPlugins(plugins: readonly (string | Class)[]): Promise<readonly Candidate[]> {
  return plugins.map((p) => {
    const r = pluginRecord(p)!;
    return {
      kind: 'loaded',
      plugin: {
        origin: (p as Class).name,
        pluginClass: p as Class,
        options: r.options,
        identity: { name: r.options.name, version: r.options.version ?? '0.0.0', description: '' },
        warnings: [],
      },
    };
  });
}
