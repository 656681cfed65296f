import type { RequestHandler } from 'express';
import type { Server } from 'node:http';
import type { DependencyGraph } from './container/dependency-graph.ts';
import { loadPlugins } from './hosting/loading.ts';
import { HostStartError } from './errors/lifecycle-errors.ts';
import { hostClosed } from './errors/host-errors.ts';
import type { PluginError } from './errors/plugin-error.ts';
import { admit } from './hosting/admission.ts';
import { builtInsFor, type BuiltInSources } from './hosting/built-ins.ts';
import type { PlannedEntry } from './hosting/entry.ts';
import { HostLog } from './hosting/host-log.ts';
import { HostServices } from './hosting/host-services.ts';
import type { HostOptions } from './hosting/options.ts';
import { planAll } from './hosting/planning.ts';
import { Serving } from './hosting/serving.ts';
import { startAll } from './hosting/starting.ts';
import { stopAll } from './hosting/stopping.ts';
import { lookUpToken } from './hosting/token-lookup.ts';
import type { PluginStatus } from './plugin/status.ts';
import type { Token } from './plugin/tokens.ts';
import { EscapeWatch } from './supervision/escapes/escape-watch.ts';
import type { SupervisedPlugin } from './supervision/supervised-plugin.ts';

/** The running thing that plugins are plugged into. */
export interface Host extends AsyncDisposable {
  /**
   * Finds, builds and starts all plugins. Never rejects because a plugin is broken: `plugins` tells.
   *
   * @throws HostStartError where a plugin is `critical` and failed, with all that failed. What had started is stopped.
   * @throws PluginError HOST_SERVICE_FAILED where something of the host itself can't be made, HOST_CLOSED.
   */
  start(): Promise<void>;
  /** Starts if need be, and serves on a port; 0 takes a free one. */
  listen(port: number, hostname?: string): Promise<Server>;
  /** For `app.use('/prefix', host.handler)` in any Express 5 app. Answers 503 until `start()` has ended. */
  readonly handler: RequestHandler;
  /** Every plugin with its state, what it serves and, where it failed, why and how to mend it. */
  readonly plugins: readonly PluginStatus[];
  /**
   * A host service, or what a running plugin exports; with `plugin`, what that plugin itself gets for `token`.
   *
   * @throws PluginError TOKEN_NOT_OFFERED, TOKEN_UNAVAILABLE
   */
  get<T>(token: Token<T>, from?: { readonly plugin: string }): T;
  /**
   * Stops serving, lets requests under way finish for 10 s at most, then stops all plugins, dependants first.
   * Never rejects: what failed is logged and in `plugins`.
   */
  close(): Promise<void>;
}

/** Makes a host; nothing happens before `start()` or `listen()`. */
export function createHost(options: HostOptions): Host {
  return new PluginHost(options);
}

class PluginHost implements Host {
  readonly #log: HostLog;
  readonly #services: HostServices;
  readonly #serving: Serving;
  readonly #escapes: EscapeWatch;
  #rows: readonly SupervisedPlugin[] = [];
  #entries: readonly PlannedEntry[] = [];
  #graph: DependencyGraph | undefined;
  #isRunning = false;
  #starting: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(private readonly options: HostOptions) {
    this.#log = new HostLog(options.log);
    this.#serving = new Serving(options, this.#log);
    this.#escapes = new EscapeWatch(this.#log.escaped, options.attribution !== 'stack');
    this.#services = new HostServices(options, this.#serving.describeRequest, this.#log.disposalFailed);
  }

  get handler(): RequestHandler {
    return this.#serving.handler;
  }

  get plugins(): readonly PluginStatus[] {
    return this.#rows.map((row) => row.status());
  }

  async start(): Promise<void> {
    if (this.#closing) throw hostClosed();
    return (this.#starting ??= this.#start().catch(async (error: unknown) => {
      await this.#escapes.stop();
      throw error;
    }));
  }

  async listen(port: number, hostname?: string): Promise<Server> {
    await this.start();
    return this.#serving.listen(port, hostname);
  }

  get<T>(token: Token<T>, from?: { readonly plugin: string }): T {
    return lookUpToken(token, from?.plugin, {
      isRunning: this.#isRunning,
      services: this.#services,
      entries: this.#entries,
      graph: this.#graph,
      plugins: this.plugins,
    });
  }

  async close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #start(): Promise<void> {
    const { plugins, prefix, settings = {}, substitute = () => undefined } = this.options;
    this.#escapes.start();
    await this.#services.start();
    const candidates = await loadPlugins(plugins, this.#escapes);
    const admission = admit(candidates, { prefix, settings });
    const { rows } = admission;
    this.#rows = rows;
    const binding = { services: this.#services, substitute, onDisposalError: this.#log.disposalFailed };
    const planned = await planAll(admission, binding);
    this.#entries = this.#serving.claimRoutes(planned.entries);
    this.#graph = planned.graph;
    this.#isRunning = true;
    await startAll(this.#entries, {
      graph: planned.graph,
      services: this.#services,
      row: (name) => rows.find((row) => row.name === name),
      builtIns: (entry) => builtInsFor(entry, this.#builtInSources),
      mount: (entry, generation) => {
        this.#serving.mount(entry, generation, this.#services);
      },
      onStopFaults: this.#log.faults,
    });
    this.#log.faults(
      await this.#services.startRest(
        new Set(planned.entries.flatMap(({ container }) => container.needs.map(({ token }) => token))),
      ),
    );
    this.#log.started(rows, Object.keys(settings));
    await this.#refuseCritical();
    this.#serving.open();
  }

  get #builtInSources(): BuiltInSources {
    const { describeRequest } = this.#serving;
    return { log: this.#log, describeRequest, statuses: () => this.plugins };
  }

  /** Nothing is left running behind a start that is refused. */
  async #refuseCritical(): Promise<void> {
    const failed = this.#rows.filter(({ error }) => error !== undefined);
    const critical = failed.filter((row) => row.critical).map(({ name }) => name);
    if (critical.length === 0) return;
    const failures = failed.map(({ error }) => error as PluginError);
    await this.#stop();
    throw new HostStartError(critical, failures);
  }

  async #close(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    await this.#stop();
  }

  async #stop(): Promise<void> {
    await this.#serving.close();
    this.#isRunning = false;
    await stopAll(this.#entries, this.#graph?.order ?? [], this.#log.faults);
    // What failed stays failed, for whoever asks why.
    for (const row of this.#rows) if (row.state === 'waiting') row.on('stopped');
    this.#log.faults(await this.#services.lifecycle.stop());
    await this.#escapes.stop();
  }
}
