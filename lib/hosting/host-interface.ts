import type { RequestHandler } from 'express';
import type { Server } from 'node:http';
import type { BuildReport } from '../plugin/build-report.ts';
import type { HostEvent, HostListener } from '../plugin/events.ts';
import type { LogLevel } from '../plugin/log-level.ts';
import type { Problem } from '../plugin/problem.ts';
import type { PluginOutline } from '../plugin/outline.ts';
import type { PluginStatus } from '../plugin/status.ts';
import type { Class, Token } from '../plugin/tokens.ts';
import type { Monitor } from '../services/monitor.ts';

/** The running thing that plugins are plugged into. */
export interface Host extends AsyncDisposable {
  /**
   * Finds, builds and starts all plugins. Never rejects because a plugin is broken: `plugins` tells.
   *
   * @throws HostStartError where a plugin is `critical` and failed, with all that failed. What had started is stopped.
   * @throws PluginError HOST_SERVICE_FAILED where something of the host itself can't be made, HOST_CLOSED, and where
   * its configuration file can't be used CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN or CONFIG_FILE_INVALID.
   */
  start(): Promise<void>;
  /** Starts if need be, and serves on a port; 0 takes a free one. Where none is told, on that of the options or the file, or 3000. */
  listen(port?: number, hostname?: string): Promise<Server>;
  /** For `app.use('/prefix', host.handler)` in any Express 5 app. Answers 503 until `start()` has ended. */
  readonly handler: RequestHandler;
  /** Every plugin with its state, what it serves and, where it failed, why and how to mend it. */
  readonly plugins: readonly PluginStatus[];
  /**
   * A host service, what a running plugin exports, or the `Extensions` of an extension point; with `plugin`, what that plugin itself gets for `token`.
   *
   * @throws PluginError TOKEN_NOT_OFFERED, TOKEN_UNAVAILABLE
   */
  get<T>(token: Token<T>, from?: { readonly plugin: string }): T;
  /**
   * Brings a plugin in: a folder, a file, an npm package, a class. It takes the place of a plugin of the same name, as
   * {@link reload} does. What `settings` disable stays so until {@link release}. Never rejects because the plugin is
   * broken: its status tells.
   *
   * @throws PluginError SEVERAL_PLUGINS, HOST_NOT_STARTED, HOST_CLOSED, CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN, CONFIG_FILE_INVALID
   */
  load(plugin: string | Class): Promise<PluginStatus>;
  /**
   * Takes a plugin out: its requests under way finish, it is stopped, and those that can't do without it wait. Its row
   * stays, and {@link reload} brings it back.
   *
   * @throws PluginError UNKNOWN_PLUGIN, HOST_NOT_STARTED, HOST_CLOSED
   */
  unload(name: string): Promise<PluginStatus>;
  /**
   * Puts a new generation in a plugin's place, from its files and its configuration as they are now, and builds those anew
   * that depend on it.
   * No request is lost: the old generation serves until the new one does, and where that fails, it goes on, with `failure`
   * in its status. Resolves when the old one is gone; the next change of the plugin need not wait for that.
   *
   * @throws PluginError UNKNOWN_PLUGIN, HOST_NOT_STARTED, HOST_CLOSED, CONFIG_FILE_MISSING, CONFIG_FILE_BROKEN, CONFIG_FILE_INVALID
   */
  reload(name: string): Promise<PluginStatus>;
  /**
   * Lets a plugin out of quarantine, and starts it; the failures before are forgotten. So it does with one that `settings`
   * disable. Any other plugin stays as it is.
   *
   * @throws PluginError UNKNOWN_PLUGIN, HOST_NOT_STARTED, HOST_CLOSED
   */
  release(name: string): Promise<PluginStatus>;
  /**
   * What can be told of all plugins without starting them: what they would serve, who needs whom, and why one could not be
   * started. Their code is loaded, anew and apart from what runs; nothing of it is constructed but their configuration.
   *
   * @throws PluginError where the host's own services can't be put together.
   */
  describe(): Promise<readonly PluginOutline[]>;
  /**
   * Bundles all plugins ahead, for the option `build` of a host that runs where nothing can be compiled or written. All is
   * written, or nothing. Starts no plugin.
   *
   * @throws PluginError NOT_A_BUILD_FOLDER, BUILD_NOT_WRITTEN
   */
  build(folder: string): Promise<BuildReport>;
  /**
   * From which level on a plugin's `Logger` writes, in all of its generations from now on; `silent`: nothing; undefined: as
   * its settings have it.
   *
   * @throws PluginError UNKNOWN_PLUGIN, INVALID_LOG_LEVEL
   */
  setLogLevel(name: string, level: LogLevel | undefined): void;
  /**
   * Tells of what happens to plugins: `plugin:running` and one more for each state, `plugin:failure`, `plugin:leak`.
   * Gives what ends it.
   */
  on<Event extends HostEvent>(event: Event, listener: HostListener<Event>): () => void;
  /** Requests as they are answered, lines as they are logged: for the app what `Monitor` is for plugins. */
  readonly monitor: Monitor;
  /**
   * Finds what is wrong with all plugins as they are now on disk, as a start would, and more: all of it at once, sorted,
   * the same each time. Modules are loaded and configurations made; no plugin is constructed, started or served, and the
   * host stays as it is: before `start()`, while it runs, or after.
   */
  check(): Promise<readonly Problem[]>;
  /**
   * Stops serving, lets requests under way finish for 10 s at most, then stops all plugins, dependants first.
   * Never rejects: what failed is logged and in `plugins`.
   */
  close(): Promise<void>;
}
