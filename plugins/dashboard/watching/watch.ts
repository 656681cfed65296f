import { injectable } from 'inversify';
import { Monitor, Plugins, pluginStates, type PluginFailure } from 'plugboard';
import { Access } from '../access/access.ts';
import { FaultBook } from './fault-book.ts';
import { LogBook, type LogEntry } from './log-book.ts';
import { Traffic } from './traffic.ts';

/** Told of what pages show. */
export interface WatchListener {
  /** Something of a plugin is not what it was. */
  changed(plugin: string, what: string): void;
  logged(plugin: string, entry: LogEntry): void;
}

/** What a plugin's figures are, as far as the dashboard has seen them. */
export interface Figures {
  /** Requests per second. */
  readonly rate: number;
  /** In ms; undefined where there was no request. */
  readonly p99: number | undefined;
  /** Answers of 500 and above, and failures of the plugin itself. */
  readonly errors: number;
  /** How often another generation has come to run. */
  readonly restarts: number;
}

/** Looks on and remembers, from the moment that the dashboard starts; where that is off, it does nothing. */
@injectable()
export class Watch {
  readonly faults = new FaultBook();
  readonly logs = new LogBook();
  /** Nothing is known of what was before; failures that were there are. */
  readonly since = new Date();
  readonly #traffic = new Map<string, Traffic>();
  readonly #restarts = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  readonly #listeners = new Set<WatchListener>();
  #ends: readonly (() => void)[] = [];

  constructor(
    private readonly monitor: Monitor,
    private readonly plugins: Plugins,
    private readonly access: Access,
  ) {}

  onStart(): void {
    if (!this.access.isOn) return;
    const { monitor } = this;
    for (const { name, failure } of this.plugins) if (failure) this.#addEarlier(name, failure);
    this.#ends = [
      monitor.onRequest(({ plugin, status, ms, aborted }) => {
        if (plugin !== undefined)
          this.#trafficOf(plugin).add(status, aborted ? undefined : ms, performance.now());
      }),
      monitor.onLog((line) => {
        this.#noteRequestError(line.plugin, line.fields);
        const entry = this.logs.add(line);
        if (!entry || line.plugin === undefined) return;
        for (const listener of this.#listeners) listener.logged(line.plugin, entry);
      }),
      monitor.on('plugin:failure', (fault) => {
        this.faults.addFailure(fault);
        this.#countFailure(fault.plugin);
        this.#tell(fault.plugin, `has failed: ${fault.error.code}`);
      }),
      ...pluginStates.map((state) =>
        monitor.on(`plugin:${state}`, ({ plugin, isRestart }) => {
          if (isRestart) this.#restarts.set(plugin, (this.#restarts.get(plugin) ?? 0) + 1);
          this.#tell(plugin, `is ${state}`);
        }),
      ),
    ];
  }

  onStop(): void {
    for (const end of this.#ends) end();
    this.#listeners.clear();
  }

  /** Gives what ends it. */
  listen(listener: WatchListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  figures(plugin: string): Figures {
    const traffic = this.#traffic.get(plugin);
    return {
      rate: traffic?.rate(performance.now()) ?? 0,
      p99: traffic?.p99,
      errors: (traffic?.errors ?? 0) + (this.#failures.get(plugin) ?? 0),
      restarts: this.#restarts.get(plugin) ?? 0,
    };
  }

  /** What had failed before anybody looked. */
  #addEarlier(plugin: string, failure: PluginFailure): void {
    this.faults.addEarlier(plugin, failure);
    this.#countFailure(plugin);
  }

  #countFailure(plugin: string): void {
    this.#failures.set(plugin, (this.#failures.get(plugin) ?? 0) + 1);
  }

  #trafficOf(plugin: string): Traffic {
    let traffic = this.#traffic.get(plugin);
    if (!traffic) this.#traffic.set(plugin, (traffic = new Traffic()));
    return traffic;
  }

  #noteRequestError(plugin: string | undefined, { action, error }: Readonly<Record<string, unknown>>): void {
    if (plugin === undefined || typeof action !== 'string' || typeof error !== 'object' || !error) return;
    this.faults.addRequest(plugin, action, error);
    this.#tell(plugin, `has an error in ${action}`);
  }

  #tell(plugin: string, what: string): void {
    for (const listener of this.#listeners) listener.changed(plugin, what);
  }
}
