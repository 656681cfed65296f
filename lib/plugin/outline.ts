import type { PluginFailure, PluginIdentity, RouteStatus } from './status.ts';

/** One plugin that another one needs. */
export interface PluginDependency {
  readonly on: string;
  /** The name of the token that it is needed for, or `requires`. */
  readonly via: string;
  /** It starts without it, too. */
  readonly optional: boolean;
}

/** What can be known of a plugin without starting it. */
export interface PluginOutline extends PluginIdentity {
  /** The file that it starts with, or the class. */
  readonly origin: string;
  readonly enabled: boolean;
  readonly critical: boolean;
  /** Those that it would serve. */
  readonly routes: readonly RouteStatus[];
  /** Names of the tokens that it gets from others. */
  readonly imports: readonly string[];
  /** Names of the tokens that it offers. */
  readonly exports: readonly string[];
  readonly dependencies: readonly PluginDependency[];
  readonly warnings: readonly string[];
  /** Why it could not be started. */
  readonly failure?: PluginFailure | undefined;
}
