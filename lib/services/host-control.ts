import type { PluginStatus } from '../plugin/status.ts';
import type { Class } from '../plugin/tokens.ts';

/**
 * What a plugin may do with the plugins of its host, where the embedder has granted it: `settings[name].grants: ['control']`.
 * Each resolves when the change is in force, and waits for no request of what is replaced: it may be that of the asking
 * plugin. None of it rejects for a plugin that is broken: the status tells. Not to be called in a constructor or in `onStart()`.
 */
export abstract class HostControl {
  /** As `host.load`. */
  abstract load(plugin: string | Class): Promise<PluginStatus>;
  /** As `host.unload`. */
  abstract unload(name: string): Promise<PluginStatus>;
  /** As `host.reload`. */
  abstract reload(name: string): Promise<PluginStatus>;
  /** As `host.release`. */
  abstract release(name: string): Promise<PluginStatus>;
}
