import type { Request, RequestHandler } from 'express';
import type { ContainerModule } from 'inversify';
import type { RoutingControllersOptions } from 'routing-controllers';
import type { Substitute } from '../container/substitutes.ts';
import type { Limits, ViewEngine } from '../http/plugin-routes.ts';
import type { Service } from '../plugin/options.ts';
import type { PluginSettings } from '../plugin/settings.ts';
import type { Class } from '../plugin/tokens.ts';
import type { LogTarget } from '../services/logger.ts';
import type { AccessLogOptions } from './access-log-options.ts';

/** The options of routing-controllers keep their names and meaning. */
export interface HostOptions extends Omit<
  RoutingControllersOptions,
  'controllers' | 'middlewares' | 'interceptors' | 'routePrefix'
> {
  /** Folders (`./plugins`, relative to the working directory, or absolute), npm package names, classes. Default none. */
  readonly plugins?: readonly (string | Class)[] | undefined;
  /**
   * A file that says what these options don't: YAML, JSON, TypeScript or JavaScript. Default: `plugboard.config.*` in the working
   * directory, where there is one; false: none.
   */
  readonly configFile?: string | false | undefined;
  /** Where `PLUGBOARD_…` variables are looked for. Default `process.env`; false: nowhere. */
  readonly environment?: Readonly<Record<string, string | undefined>> | false | undefined;
  /** Of `listen()`, where it is not told. Default 3000; 0: a free one. */
  readonly port?: number | undefined;
  /** Of `listen()`, where it is not told. Default: all addresses. */
  readonly hostname?: string | undefined;
  /** What plugins may inject. */
  readonly services?: ContainerModule | readonly Service[] | undefined;
  /** Act on the routes of all plugins. */
  readonly middlewares?: readonly (Class | RequestHandler)[] | undefined;
  /** Act on the results of all plugins. */
  readonly interceptors?: readonly Class[] | undefined;
  /** In front of every route. Default none. */
  readonly prefix?: string | undefined;
  /** Folder of templates and layouts that all plugins share. */
  readonly views?: string | undefined;
  /** By file extension without dot: `{ ejs: ejs.renderFile }`. `eta` is always there. */
  readonly viewEngines?: Readonly<Record<string, ViewEngine>> | undefined;
  readonly limits?: Limits | undefined;
  /** The body of an error's answer, in place of Plugboard's own shape. */
  readonly errorBody?: ((error: unknown, request: Request) => unknown) | undefined;
  /** true: a path with routes for other methods only answers 405 with `Allow`. Default false: it goes on to the app. */
  readonly methodNotAllowed?: boolean | undefined;
  /** Whether JSON answers get an ETag, by the app's `etag` setting. Pages and assets always have one. Default false. */
  readonly etag?: boolean | undefined;
  /**
   * Folder of what `plugboard build` has made, relative to the working directory: plugins of which nothing has changed since
   * are taken from there. Default false: none, every plugin is bundled when it is loaded.
   */
  readonly build?: string | false | undefined;
  /** true: where there is one plugin and no other, it is `critical`, if nobody says that it is not. Default false. */
  readonly standalone?: boolean | undefined;
  /** true: plugins are loaded, reloaded and taken out as their files change. For development. Default false. */
  readonly watch?: boolean | undefined;
  /** By plugin name. */
  readonly settings?: Readonly<Record<string, PluginSettings>> | undefined;
  /** Where the host and the plugins' `Logger` write. Default: JSON lines on standard output, by pino. */
  readonly log?: LogTarget | undefined;
  /** true: one line in the log for each request that the host has answered; or which, and of which level. Default false. */
  readonly accessLog?: boolean | AccessLogOptions | undefined;
  /**
   * How it is known whose an error is that nobody has caught. `context`, the default: by its stack, and else by what has
   * started it. `stack`: by its stack alone, which finds none of a plugin that is a class of the app, nor of sockets.
   */
  readonly attribution?: 'context' | 'stack' | undefined;
  /**
   * What becomes of timers, servers, sockets, watchers, workers and listeners that a plugin leaves when it is stopped.
   * `close`, the default: they are closed, and named in the log. `trace`: the same, with the line that made each, which makes
   * timers slower. false: nobody looks.
   */
  readonly leaks?: 'close' | 'trace' | false | undefined;
  /**
   * How long a plugin may keep the event loop busy before the log names it, with its stack, in ms. A thread looks after it.
   * Default 1,000; 0: nobody looks.
   */
  readonly blockedMs?: number | undefined;
  /**
   * Asked for every import and every own service of every plugin before anyone else; what it returns is used instead.
   * The testing kit stands on it.
   */
  readonly substitute?: Substitute | undefined;
}
