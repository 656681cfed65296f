import type { Action } from 'routing-controllers';
import type { Class, Token } from '../plugin/tokens.ts';

/** Where the HTTP engine gets the objects that serve a request: one generation's container, or the host's. */
export interface Instances {
  /** The one instance of `type`, or undefined where `type` is made anew for each HTTP request. */
  singleton<T>(type: Class<T>): T | undefined;
  /** Starts the scope of one HTTP request. Asked for only where an action needs a request-scoped object. */
  openRequestScope(request: object): RequestScope;
  /** Where it is there, it is asked at each use and the others never: a container of somebody else, with scopes of its own. */
  readonly lookUp?: <T>(type: Class<T>, action?: Action) => T | PromiseLike<T>;
}

/** The objects of one HTTP request. */
export interface RequestScope {
  /** The request's instance of `type`; made on the first call, the same on each later one. */
  get<T>(type: Token<T>): T | Promise<T>;
  /** Runs `@preDestroy` of all that was made, dependants first. Never rejects; a second call does nothing. */
  dispose(): Promise<void>;
}
