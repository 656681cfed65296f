import type { Grant } from './settings.ts';
import type { Timeouts } from './options.ts';
import type { Settled } from './overlay.ts';

/** That a plugin stands on another one, and by what. */
export interface PluginLink {
  /** Who is needed. */
  readonly plugin: string;
  /** `import`: it injects what the other exports; `decorates`: it wraps that; `contributes`: it adds to an extension point that the other injects; `requires`: it asks for a version. */
  readonly kind: 'import' | 'decorates' | 'contributes' | 'requires';
  /** The name of the token or extension point, or the range of versions. */
  readonly by: string;
}

/**
 * What there is to read of a plugin besides its status: what is in force for it, and on whom it stands. Plain values only,
 * it holds nothing of the plugin alive.
 */
export interface PluginDetails {
  readonly name: string;
  /** For messages: the file or the class that it came from, or the name by which it was looked for. */
  readonly origin: string;
  /** `plugboard` or the name of a plugin → semver range. */
  readonly requires: Readonly<Record<string, string>>;
  /** The host's prefix and the plugin's: `''` or `/a/b`. */
  readonly baseUrl: string;
  readonly reload: 'overlap' | 'exclusive';
  /** In ms. */
  readonly timeouts?: Settled<Timeouts> | undefined;
  readonly grants: readonly Grant[];
  readonly dependencies: readonly PluginLink[];
}
