import type { RequestHandler } from 'express';
import type { RoutingControllersOptions } from 'routing-controllers';
import type { Instances } from '../container/instances.ts';
import type { Class } from '../plugin/tokens.ts';
import type { PluginScope } from '../supervision/escapes/plugin-scope.ts';
import type { Logger } from '../services/logger.ts';
import type { Traffic } from './traffic.ts';

/** The options of routing-controllers that act on one action, with their meaning there. */
export type ActionOptions = Omit<
  RoutingControllersOptions,
  'controllers' | 'middlewares' | 'interceptors' | 'routePrefix' | 'cors'
>;

/** How big a request may be. */
export interface Limits {
  /** Of a parsed body, in bytes. Default 100 kB. */
  readonly bodyBytes?: number | undefined;
  /** Of one uploaded file, in bytes. Default 10 MB. */
  readonly fileBytes?: number | undefined;
  /** How many files one request may carry. Default 10. */
  readonly files?: number | undefined;
  /** Until the headers of a request are read, in ms; for `listen`. Default 15,000. */
  readonly headersTimeoutMs?: number | undefined;
  /** Until a whole request is read, in ms; for `listen`. Default 30,000. */
  readonly requestTimeoutMs?: number | undefined;
}

/** A class whose instance comes from a particular container. */
export interface Provided {
  readonly type: Class;
  readonly from: Instances;
}

/** Which request an error belongs to. */
export interface RequestFailure {
  readonly plugin: string;
  /** `Class.method`. */
  readonly action: string;
  readonly requestId: string;
}

/** Express's view engine contract: what `app.engine(extension, engine)` takes. */
export type ViewEngine = (
  path: string,
  options: object,
  callback: (error: unknown, html?: string) => void,
) => void;

/** All that the routes of one generation are made from. */
export interface ServedPlugin {
  readonly name: string;
  readonly generation: number;
  /** The host's prefix and the plugin's: `''` or `/a/b`. */
  readonly prefix: string;
  readonly controllers: readonly Class[];
  /** The classes named in `@UseBefore`, `@UseAfter` and `@UseInterceptor` and the controllers come from here. */
  readonly instances: Instances;
  /** The host's first, then the plugin's own. */
  readonly middlewares: readonly (RequestHandler | Provided)[];
  /** The host's first, then the plugin's own. */
  readonly interceptors: readonly Provided[];
  readonly options: ActionOptions;
  readonly limits: Limits;
  /** In ms, until 504. */
  readonly requestMs: number;
  readonly errorBody?: ((error: unknown, request: unknown) => unknown) | undefined;
  /** What of the body of an error's answer may be seen. */
  readonly mask?: ((body: unknown) => unknown) | undefined;
  /**
   * `next` is called whenever a route is through: also after an answer, and with what a function has passed to `next`, which
   * otherwise is answered here.
   */
  readonly goesOn?: boolean | undefined;
  /** Whether JSON answers get an ETag, by the app's `etag` setting. */
  readonly etag?: boolean | undefined;
  /** Told of every error that is not the client's (5xx, or not an HttpError): for the host's log. */
  readonly onError?: ((error: unknown, details: RequestFailure) => void) | undefined;
  /** What is the plugin's own is called in it, where what the plugin starts is followed. */
  readonly scope?: PluginScope | undefined;
  /** The plugin's own, for `@RequestLog`. */
  readonly log?: Logger | undefined;
  /** Keeps count of the requests; none where nobody waits for them. */
  readonly traffic?: Traffic | undefined;
  /** Absolute path of the plugin's own templates. */
  readonly views?: string | undefined;
  /** Absolute paths of the host's templates (layouts), asked after the plugin's own. */
  readonly sharedViews?: readonly string[] | undefined;
  /** Extension without its dot → Express's view engine. `eta` is always there. */
  readonly viewEngines?: Readonly<Record<string, ViewEngine>> | undefined;
  /** Absolute path of the folder with files to serve. */
  readonly assets?: string | undefined;
}
