import type { RequestHandler } from 'express';
import type { ContainerModule } from 'inversify';
import type { Supervise } from './supervise.ts';
import type { ExtensionPoint } from './extension-point.ts';
import type { Class, Token } from './tokens.ts';

/** A service of a plugin or of the host: a class bound to itself, a class bound to a token, or inversify's own module. */
export type Service = Class | readonly [Token, Class] | ContainerModule;

/** Something for an extension point: of `ExtensionPoint<T>`, a `T` or a class of it. */
export type Contribution = readonly [point: ExtensionPoint, value: unknown];

/** Time limits, in milliseconds. */
export interface Timeouts {
  /** From the first constructor to the end of the last `onStart`. Default 10,000. */
  readonly startMs?: number | undefined;
  /** From the call of an action to the first byte of its answer; then 504. Default 30,000. */
  readonly requestMs?: number | undefined;
  /** For each `onStop` and each `@preDestroy`. Default 5,000. */
  readonly stopMs?: number | undefined;
  /** How long the requests of a generation that goes away may take to finish; then their signals abort. Default 10,000. */
  readonly drainMs?: number | undefined;
}

export interface PluginOptions {
  /** kebab-case, unique in the host. */
  readonly name: string;
  /** A semver version. Default: that of the nearest package.json, else `0.0.0`. */
  readonly version?: string | undefined;
  /** Default: that of the nearest package.json, else empty. */
  readonly description?: string | undefined;
  /** `plugboard` or the name of a plugin → the semver range that this plugin works with. */
  readonly requires?: Readonly<Record<string, string>> | undefined;
  /** More classes with routes; the plugin class itself may have some or none. */
  readonly controllers?: readonly Class[] | undefined;
  /** Run before or after the actions of this plugin only, as their `@Middleware` says. */
  readonly middlewares?: readonly (Class | RequestHandler)[] | undefined;
  /** Change the results of this plugin's actions only. */
  readonly interceptors?: readonly Class[] | undefined;
  /** What the plugin's classes may inject besides imports. Private unless exported. */
  readonly services?: readonly Service[] | undefined;
  /** Those of its services that other plugins may inject. */
  readonly exports?: readonly Token[] | undefined;
  /** Tokens that only a factory or dynamic value asks for, and that can't be read from a constructor. */
  readonly imports?: readonly Token[] | undefined;
  /**
   * Services of others that this plugin wraps: `[Token, Wrapper]`. The wrapper injects the same token and gets what it
   * wraps; all others but the owner get the wrapper. Of several, the plugin that came last is outermost.
   */
  readonly decorates?: readonly (readonly [Token, Class])[] | undefined;
  /** What this plugin adds to extension points: values, or classes of which it makes the one instance. */
  readonly contributes?: readonly Contribution[] | undefined;
  /** A class with class-validator decorators; `settings[name].config` becomes an instance of it, injected as this class. */
  readonly config?: Class | undefined;
  /** In front of every route of this plugin. Default none. */
  readonly prefix?: string | undefined;
  /** Folder of templates for `@Render`, relative to the file that calls `@Plugin`. Default `./views` where it exists. */
  readonly views?: string | URL | undefined;
  /** Folder served under `<mount><prefix>/<name>/assets`, relative to the file that calls `@Plugin`. Default none. */
  readonly assets?: string | URL | undefined;
  /** The host's `start()` rejects when this plugin fails. Default false. */
  readonly critical?: boolean | undefined;
  /**
   * How a new generation takes the place of the one before. Default `overlap`: it starts beside it. `exclusive`: for what
   * can't run twice (a port, a schedule, the one writer of a file); the old one stops first, and requests wait meanwhile.
   */
  readonly reload?: 'overlap' | 'exclusive' | undefined;
  readonly timeouts?: Timeouts | undefined;
  readonly supervise?: Supervise | undefined;
}
