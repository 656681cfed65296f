import type { HostEvent, HostListener } from '../plugin/events.ts';
import type { LineLevel } from '../plugin/log-level.ts';

/** A request that the host has answered, by a plugin's route or by itself, or whose client has gone. */
export interface AnsweredRequest {
  /** Undefined where the host has answered by itself: 404, 405, OPTIONS, a URL that can't be decoded, 503 while it does not run. */
  readonly plugin?: string | undefined;
  /** 0 where no plugin has answered, or one that did not run: its route answered 503. */
  readonly generation: number;
  readonly method: string;
  /** The pattern of the path, with all prefixes: `/api/items/:id`; `unmatched` where no route has taken it. */
  readonly route: string;
  /** The path as it was asked for, without its query, which may hold secrets. */
  readonly path: string;
  /** What was sent; 499 where the client went before anything was. */
  readonly status: number;
  /** The client went, or was cut off, before the answer was complete. */
  readonly aborted: boolean;
  /** From the first look at the request until the answer was handed over to the system. */
  readonly ms: number;
  /** Written to its connection meanwhile, head included. */
  readonly bytes: number;
  /** The one in error bodies and in the log. */
  readonly requestId: string;
}

/** Requests of one route of a plugin. */
export interface RouteRequests {
  readonly method: string;
  /** As in {@link AnsweredRequest}. */
  readonly route: string;
  readonly count: number;
}

/** One line of the host's log, or of a plugin's. Lines below the level in force are none. */
export interface LoggedLine {
  readonly at: Date;
  readonly level: LineLevel;
  /** Whose it is, or whom it is about. */
  readonly plugin?: string | undefined;
  readonly message: string;
  /** As they were given; an error is a plain copy with its name, message, stack and cause. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * What goes on in a host, as it happens: `constructor(private readonly monitor: Monitor)`. Each call gives what ends it;
 * with the generation of the plugin that listens it ends by itself. A listener that fails is a failure of its plugin, and
 * disturbs nobody else. While nobody listens, nothing of it costs anything.
 *
 * @example
 * monitor.onRequest(({ plugin, status }) => this.count(plugin, status));
 */
export abstract class Monitor {
  /** Told of each request when its answer is complete. Called at once, for each of them: to be short. */
  abstract onRequest(listener: (request: AnsweredRequest) => unknown): () => void;
  /** Told of each line before it is written. What the listener itself writes meanwhile does not come back to it. */
  abstract onLog(listener: (line: LoggedLine) => unknown): () => void;
  /** As `host.on`. */
  abstract on<Event extends HostEvent>(event: Event, listener: HostListener<Event>): () => void;
  /** How many requests of a plugin, in all of its generations, wait for their answers. */
  abstract inFlight(plugin: string): number;
  /** The same by method and route: those that have any. Worked out when it is asked. */
  abstract inFlightByRoute(plugin: string): readonly RouteRequests[];
}
