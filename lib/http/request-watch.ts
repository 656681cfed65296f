import type { Request, Response } from 'express';
import type { Socket } from 'node:net';
import { Audience } from '../services/audience.ts';
import type { AnsweredRequest } from '../services/monitor.ts';
import type { RouteOwner } from './mount.ts';
import { requestId } from './request-context.ts';
import { isSent } from './sent.ts';

/** What is told of a route. */
export interface WatchedRoute {
  /** None where no plugin has it. */
  readonly owner?: RouteOwner | undefined;
  readonly pattern: { readonly path: string };
}

/** In the place of a route where none has taken a request: one name for all paths that clients may think of. */
const unmatched: WatchedRoute = { pattern: { path: 'unmatched' } };

/** Tells of requests when they are answered; to be asked only where somebody listens. */
export class RequestWatch extends Audience<AnsweredRequest> {
  /** When requests came that were to wait for another generation. */
  readonly #held = new WeakMap<Response, number>();

  begin(route: WatchedRoute, request: Request, response: Response): WatchedRequest {
    return new WatchedRequest(this, route, request, response);
  }

  /** For one that no route takes; undefined where nobody listens. */
  beginUnmatched(request: Request, response: Response): WatchedRequest | undefined {
    return this.isThere ? this.begin(unmatched, request, response) : undefined;
  }

  hold(response: Response, startedAt: number): void {
    this.#held.set(response, startedAt);
  }

  startOf(response: Response): number {
    return this.#held.get(response) ?? performance.now();
  }
}

/**
 * One request that somebody wants to be told of. Its fields are its own, and not in an object literal: V8 may make those as
 * old objects, and what they refer to, a whole request, would be kept until the next big collection.
 */
export class WatchedRequest {
  private isOver = false;
  private readonly startedAt: number;
  private readonly socket: Socket;
  private readonly bytesBefore: number;

  constructor(
    private readonly watch: RequestWatch,
    private route: WatchedRoute,
    private readonly request: Request,
    private readonly response: Response,
  ) {
    this.startedAt = watch.startOf(response);
    // The response loses it with its end.
    this.socket = request.socket;
    this.bytesBefore = this.socket.bytesWritten ?? 0;
  }

  /** To be called when the handler has returned: most are answered to the end by then, and need no listener. */
  settle(): void {
    const { response } = this;
    if (this.isOver) return;
    if (isSent(response) || response.closed) this.end();
    else response.once('close', () => this.end());
  }

  /** It has gone on to the app, whose request it is from now on. */
  drop(): void {
    this.isOver = true;
  }

  /** Its route has not answered it, and nobody comes after the host. */
  miss(): void {
    this.route = unmatched;
  }

  /** It is routed anew: the time that it has waited counts. */
  hold(): void {
    this.isOver = true;
    this.watch.hold(this.response, this.startedAt);
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    const { request, response, route, watch } = this;
    const { plugin, generation = 0 } = route.owner ?? {};
    const aborted = !isSent(response);
    watch.tell({
      plugin,
      generation,
      method: request.method,
      route: route.pattern.path,
      path: pathOf(request),
      status: aborted && !response.headersSent ? clientClosed : response.statusCode,
      aborted,
      ms: performance.now() - this.startedAt,
      bytes: (this.socket.bytesWritten ?? 0) - this.bytesBefore,
      requestId: requestId(request),
    });
  }
}

/** No status was sent; this is what others write into their logs, too. */
const clientClosed = 499;

function pathOf({ originalUrl, url }: Request): string {
  const whole = originalUrl || url;
  const query = whole.indexOf('?');
  return query < 0 ? whole : whole.slice(0, query);
}
