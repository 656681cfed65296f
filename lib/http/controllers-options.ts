import type { GetOptions } from 'inversify';
import type { Action, RoutingControllersOptions } from 'routing-controllers';
import type { Class } from '../plugin/tokens.ts';
import type { Limits, RequestFailure } from './plugin-routes.ts';

/** Classes, and paths or patterns of files that export them; routing-controllers' own type of it, too. */
type Classes = readonly (Class | string)[] | RoutingControllersOptions['controllers'];

/** The options of routing-controllers keep their names and meaning. */
export interface ControllersHandlerOptions extends Omit<
  RoutingControllersOptions,
  'controllers' | 'middlewares' | 'interceptors'
> {
  /** Default, also for an empty list: all that have been decorated in this process. */
  readonly controllers?: Classes | undefined;
  /** Global ones, with `@Middleware`. Default, also for an empty list: all that have been decorated in this process. */
  readonly middlewares?: Classes | undefined;
  /** Global ones, with `@Interceptor`. Default, also for an empty list: all that have been decorated in this process. */
  readonly interceptors?: Classes | undefined;
  /** Where instances come from. Default: what `useContainer` of routing-controllers was given, or its own container. */
  readonly container?: ControllersContainer | undefined;
  /** Whether JSON answers get an ETag, by the app's `etag` setting. Default true, as in routing-controllers. */
  readonly etag?: boolean | undefined;
  readonly limits?: Limits | undefined;
  /** In ms, until 504. Default: no limit, as in routing-controllers. */
  readonly requestMs?: number | undefined;
  /** The body of an error's answer, in place of Plugboard's own shape; `routingControllersErrorBody` gives theirs. */
  readonly errorBody?: ((error: unknown, request: unknown) => unknown) | undefined;
  /** Told of each error that was answered and is not the client's. Default: `console.error`, except in tests. */
  readonly onError?: ((error: unknown, details: RequestFailure) => void) | undefined;
}

/** Inversify's `Container`, or an adapter that was made for routing-controllers' `useContainer`. */
export interface ControllersContainer {
  /**
   * Asked at each use. Controllers and interceptors are asked for with the request and the response that they serve. A promise
   * is waited for. (`GetOptions`, of which an action has none, are here for inversify's types.)
   */
  get(type: Class, action?: Action & GetOptions): unknown;
}
