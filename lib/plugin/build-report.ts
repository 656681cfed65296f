import type { PluginError } from '../errors/plugin-error.ts';

/** What became of one plugin in a build. */
export interface BuildResult {
  /** Of its folder or file: its own name is not known before its code has run. */
  readonly label: string;
  /** The file that it starts with. */
  readonly entry?: string | undefined;
  /** Of its text, where it was bundled: what is a package or a class is taken as it is. */
  readonly bytes?: number | undefined;
  readonly warnings: readonly string[];
  readonly error?: PluginError | undefined;
}

/** What `plugboard build` has made. */
export interface BuildReport {
  /** Absolute path. Nothing was written where a plugin has failed: what was there before is still there. */
  readonly folder: string;
  readonly isWritten: boolean;
  readonly plugins: readonly BuildResult[];
  /** Paths of the TypeScript files beside plugins that were compiled, too: contracts, and what the app shares. */
  readonly modules: readonly string[];
}
