import type { Phase } from '../errors/plugin-error.ts';
import type { LogLevel } from './log-level.ts';
import type { PluginState } from './state.ts';

/** One route of a running plugin, as the host serves it. */
export interface RouteStatus {
  /** `GET`, …, or `ALL`. */
  readonly method: string;
  /** With all prefixes, without the mount point of the embedding app. */
  readonly path: string;
  /** `GreeterPlugin.greet` */
  readonly action: string;
}

/** One value that a plugin's config class was filled with. */
export interface ConfigValue {
  /** `smtp.port` */
  readonly path: string;
  /** As JSON has it; `[secret]` for what `@Secret()` marks. */
  readonly value: unknown;
  /** `plugboard.config.yaml:7`, `PLUGBOARD_MAIL_SMTP__PORT`, `createHost settings` or `default`. */
  readonly origin: string;
}

/** Why a plugin isn't running. Plain values only: it holds nothing of the plugin alive. */
export interface PluginFailure {
  /** A heading in docs/errors.md. */
  readonly code: string;
  readonly phase: Phase;
  readonly message: string;
  /** What to write or do. */
  readonly fix: string;
  readonly path?: readonly string[] | undefined;
  readonly cause?:
    { readonly name: string; readonly message: string; readonly stack?: string | undefined } | undefined;
}

/** What the host knows of one plugin. */
export interface PluginStatus {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author?: string | undefined;
  readonly license?: string | undefined;
  /** Absolute path of the README.md beside the plugin. */
  readonly readme?: string | undefined;
  readonly state: PluginState;
  /** 1 for the first that was loaded. */
  readonly generation: number;
  readonly placement: 'inline';
  /** The host does without the others, not without this one. */
  readonly critical: boolean;
  /** The least that its `Logger` writes; undefined: as the host's log has it. */
  readonly logLevel?: LogLevel | undefined;
  /** When it began to run. */
  readonly startedAt?: Date | undefined;
  /** From the first constructor to the end of the last `onStart`, in ms. */
  readonly startMs?: number | undefined;
  readonly routes: readonly RouteStatus[];
  /** Names of the tokens that it gets from others. */
  readonly imports: readonly string[];
  /** Names of the tokens that it offers. */
  readonly exports: readonly string[];
  /** What its config class was filled with, and where each value comes from; undefined where it has none. */
  readonly config?: readonly ConfigValue[] | undefined;
  /** What is likely wrong though it runs: an import that was shimmed, say. */
  readonly warnings: readonly string[];
  readonly failure?: PluginFailure | undefined;
}

/** What is known of a plugin before any of its code is constructed. */
export type PluginIdentity = Pick<
  PluginStatus,
  'name' | 'version' | 'description' | 'author' | 'license' | 'readme'
>;
