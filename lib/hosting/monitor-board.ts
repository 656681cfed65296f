import { monitorListenerFailed } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { isPromiseLike } from '../http/promises.ts';
import type { HostEvent, HostListener } from '../plugin/events.ts';
import type { Audience } from '../services/audience.ts';
import { Monitor, type AnsweredRequest, type LoggedLine, type RouteRequests } from '../services/monitor.ts';
import { runFor } from '../supervision/escapes/plugin-scope.ts';
import type { Generation } from '../supervision/generation.ts';
import type { HostEvents } from '../supervision/host-events.ts';

/** What there is to listen to in a host. */
export interface MonitorSources {
  readonly requests: Audience<AnsweredRequest>;
  readonly lines: Audience<LoggedLine>;
  readonly events: HostEvents;
  inFlight(plugin: string): number;
  inFlightByRoute(plugin: string): readonly RouteRequests[];
}

/** Told of listeners that fail. */
export interface MonitorFailures {
  /** Of a plugin. */
  ofPlugin(generation: Generation, error: PluginError): void;
  /** Of the app; `call` is what it listens by. */
  ofApp(error: unknown, call: string): void;
}

/** The views that the app and the generations of plugins have of what goes on in a host. */
export class MonitorBoard {
  /** The app's. */
  readonly host: Monitor;
  readonly #views = new Map<Generation, MonitorView[]>();

  constructor(
    private readonly sources: MonitorSources,
    private readonly failures: MonitorFailures,
  ) {
    this.host = new MonitorView(sources, {
      run: (call, ...args) => runFor(undefined, call, ...args),
      failed: (error, call) => failures.ofApp(error, call),
    });
  }

  viewFor(generation: Generation): Monitor {
    const { plugin, scope } = generation;
    const view = new MonitorView(this.sources, {
      run: (call, ...args) => (scope ? scope.run(call, ...args) : call(...args)),
      failed: (error, call) =>
        runFor(undefined, () =>
          this.failures.ofPlugin(generation, monitorListenerFailed(plugin, call, error)),
        ),
    });
    this.#views.set(generation, [...(this.#views.get(generation) ?? []), view]);
    return view;
  }

  /** A generation has ended: it hears of nothing any more. */
  close(generation: Generation): void {
    for (const view of this.#views.get(generation) ?? []) view.close();
    this.#views.delete(generation);
  }
}

/** Whoever listens. */
interface Owner {
  run<A extends unknown[], R>(call: (...args: A) => R, ...args: A): R;
  failed(error: unknown, call: string): void;
}

/** What one of them listens to, until it is closed. */
class MonitorView extends Monitor {
  readonly #ends = new Set<() => void>();
  #isClosed = false;

  constructor(
    private readonly sources: MonitorSources,
    private readonly owner: Owner,
  ) {
    super();
  }

  override onRequest(listener: (request: AnsweredRequest) => unknown): () => void {
    const { requests } = this.sources;
    return this.#keep(() => requests.add((request) => this.#call(listener, request, 'onRequest')));
  }

  override onLog(listener: (line: LoggedLine) => unknown): () => void {
    let isTold = false;
    // What it writes meanwhile, and what is written of its failure, would come back to it for ever.
    const once = (tell: () => void): void => {
      if (isTold) return;
      isTold = true;
      try {
        tell();
      } finally {
        isTold = false;
      }
    };
    const tell = (line: LoggedLine): void => once(() => this.#call(listener, line, 'onLog', once));
    return this.#keep(() => this.sources.lines.add(tell));
  }

  override on<Event extends HostEvent>(event: Event, listener: HostListener<Event>): () => void {
    const { events } = this.sources;
    return this.#keep(() => events.on(event, (happened) => this.#call(listener, happened, `on('${event}')`)));
  }

  override inFlight(plugin: string): number {
    return this.sources.inFlight(plugin);
  }

  override inFlightByRoute(plugin: string): readonly RouteRequests[] {
    return this.sources.inFlightByRoute(plugin);
  }

  close(): void {
    this.#isClosed = true;
    for (const end of this.#ends) end();
    this.#ends.clear();
  }

  #keep(begin: () => () => void): () => void {
    if (this.#isClosed) return () => undefined;
    const end = begin();
    this.#ends.add(end);
    return () => {
      this.#ends.delete(end);
      end();
    };
  }

  /** Never throws. `around` is what the report of a promise that is rejected later is called in. */
  #call<Happened>(
    listener: (happened: Happened) => unknown,
    happened: Happened,
    call: string,
    around: (tell: () => void) => void = (tell) => tell(),
  ): void {
    const { owner } = this;
    try {
      const result = owner.run(listener, happened);
      if (isPromiseLike(result))
        result.then(undefined, (error: unknown) => around(() => owner.failed(error, call)));
    } catch (error) {
      owner.failed(error, call);
    }
  }
}
