import type { LogLevel } from '../plugin/log-level.ts';
import type { PluginStatus } from '../plugin/status.ts';
import type { Class } from '../plugin/tokens.ts';

/**
 * What a plugin may do with the plugins of its host, where the embedder has granted it: `settings[name].grants: ['control']`.
 * Where the plugin that asks is itself replaced, it is not waited for its requests: it may ask from one of them. None of it
 * rejects for a plugin that is broken: the status tells. Not to be called in a constructor, in `onStart()` or `onStop()`, nor by a generation that has
 * been replaced.
 *
 * @throws PluginError CONTROL_TOO_EARLY, CONTROL_TOO_LATE, HOST_CLOSED
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
  /** As `host.setLogLevel`. */
  abstract setLogLevel(name: string, level: LogLevel | undefined): void;
}
