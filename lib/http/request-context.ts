import type { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import type { Instances, RequestScope } from '../container/instances.ts';
import type { Deadline } from './deadline.ts';
import type { Logger } from '../services/logger.ts';
import type { ActionOptions } from './plugin-routes.ts';

/** The action that serves a request. */
export interface ServingAction {
  readonly plugin: string;
  /** `Class.method`. */
  readonly name: string;
  readonly answersJson: boolean;
  readonly options: ActionOptions;
  /** Its plugin's. */
  readonly log?: Logger | undefined;
}

const contextKey = Symbol.for('plugboard:request');

/** What Plugboard knows of a request that one of its actions serves; undefined for any other. */
export function requestContext(request: unknown): RequestContext | undefined {
  return (request as { [contextKey]?: RequestContext } | undefined)?.[contextKey];
}

/** The id of any request, in an action or not; of one that no action serves, each call may give another. */
export function requestId(request: Request): string {
  return requestContext(request)?.id ?? makeId(request);
}

/** One request on its way through one action. Whatever it may not need is made when asked for. */
export class RequestContext {
  /** Its time is up and 504 has been answered: what the action still does is of no interest. */
  expired = false;
  /** It has gone on to the app, whose time it takes from there. */
  hasLeft = false;
  /** The client is still sending its request: that is not the action's time. */
  isReceiving = false;
  deadline: Deadline | undefined;
  private knownQuery: Request['query'] | undefined;
  private knownId: string | undefined;
  private abortion: AbortController | undefined;
  private reported: Set<unknown> | undefined;
  private scopes: Map<Instances, RequestScope> | undefined;

  constructor(
    readonly request: Request,
    readonly response: Response,
    readonly action: ServingAction,
  ) {
    (request as { [contextKey]?: RequestContext })[contextKey] = this;
  }

  get plugin(): string {
    return this.action.plugin;
  }

  /** Express parses it anew whenever it is asked for. */
  get query(): Request['query'] {
    return (this.knownQuery ??= this.request.query);
  }

  /** The app's `request.id` or `x-request-id` where it is a plain word, else a new UUID. */
  get id(): string {
    this.knownId ??= makeId(this.request);
    return this.knownId;
  }

  /** Fires when the client goes before the answer is complete, and when the time limit is over. */
  get signal(): AbortSignal {
    if (!this.abortion) {
      this.abortion = new AbortController();
      if (this.response.closed) this.abortIfIncomplete();
      else this.response.once('close', () => this.abortIfIncomplete());
    }
    return this.abortion.signal;
  }

  /** The answer has begun, or nobody waits for it any more. */
  get isAnswered(): boolean {
    return (
      this.expired || this.response.headersSent || this.response.writableEnded || this.response.destroyed
    );
  }

  /** Whether an error is only the end of work that nobody waits for any more. */
  isAbandoned(error: unknown): boolean {
    if (this.expired) return error !== this.abortion?.signal.reason;
    if (!(error instanceof Error)) return false;
    // Who reads the body by himself is told by this error that the client has gone.
    return error === this.request.errored || (this.response.destroyed && error.name === 'AbortError');
  }

  /** Whether this error was asked about before; from now on it was. */
  hasReported(error: unknown): boolean {
    this.reported ??= new Set();
    const before = this.reported.has(error);
    this.reported.add(error);
    return before;
  }

  startReceiving(): void {
    this.isReceiving = true;
    this.deadline?.stop();
  }

  expire(reason: unknown): void {
    this.expired = true;
    this.abortion ??= new AbortController();
    this.abortion.abort(reason);
  }

  /** Tells whoever waits for the signal that nobody waits for its work. */
  abort(reason: DOMException): void {
    this.abortion ??= new AbortController();
    this.abortion.abort(reason);
  }

  /** The scope of this request in one container; disposed of when the response ends or the client goes. */
  scopeOf(instances: Instances): RequestScope {
    const known = this.scopes?.get(instances);
    if (known) return known;
    const scope = instances.openRequestScope(this.request);
    this.scopes ??= new Map();
    this.scopes.set(instances, scope);
    if (this.response.closed) void scope.dispose();
    else this.response.once('close', () => this.disposeOf(scope));
    return scope;
  }

  /** Whoever has been told that the client is gone may still end its work with what it has. */
  private disposeOf(scope: RequestScope): void {
    this.abortIfIncomplete();
    if (this.response.writableFinished) void scope.dispose();
    else setImmediate(() => void scope.dispose());
  }

  private abortIfIncomplete(): void {
    if (!this.response.writableFinished) {
      this.abortion?.abort(new DOMException('The client has closed the connection', 'AbortError'));
    }
  }
}

function makeId(request: Request): string {
  return givenId(request) ?? randomUUID();
}

function givenId(request: Request): string | undefined {
  const { id } = request as { id?: unknown };
  if (typeof id === 'number') return String(id);
  return [id, request.headers['x-request-id']].find(isPlainWord);
}

function isPlainWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:@/+=-]{1,128}$/.test(value);
}
