import type { RequestHandler } from 'express';
import type { Server } from 'node:http';
import { hostClosed, hostNotStarted } from './errors/host-errors.ts';
import { HostStartError } from './errors/lifecycle-errors.ts';
import type { PluginError } from './errors/plugin-error.ts';
import { Admission } from './hosting/admission.ts';
import { builtInsFor, type BuiltInSources } from './hosting/built-ins.ts';
import { ChangeQueue } from './hosting/change-queue.ts';
import { ExtensionBoard } from './hosting/extension-board.ts';
import { HostLog } from './hosting/host-log.ts';
import { HostServices } from './hosting/host-services.ts';
import { Loader } from './hosting/loading.ts';
import { Operations } from './hosting/operations.ts';
import type { HostOptions } from './hosting/options.ts';
import { ProcessWatch } from './hosting/process-watch.ts';
import { dependantsFirst, retire } from './hosting/retiring.ts';
import { Roster } from './hosting/roster.ts';
import { Serving } from './hosting/serving.ts';
import { Supervisor } from './hosting/supervisor.ts';
import { lookUpToken } from './hosting/token-lookup.ts';
import type { Workshop } from './hosting/workshop.ts';
import type { HostEvent, HostListener } from './plugin/events.ts';
import type { PluginStatus } from './plugin/status.ts';
import type { Class, Token } from './plugin/tokens.ts';
import { CollectionWatch } from './supervision/collection-watch.ts';
import { HostEvents } from './supervision/host-events.ts';
import type { RowListener } from './supervision/supervised-plugin.ts';

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
   * Brings a plugin in: a folder, a file, an npm package, a class. It takes the place of a plugin of the same name, as
   * {@link reload} does. Never rejects because the plugin is broken: its status tells.
   *
   * @throws PluginError SEVERAL_PLUGINS, HOST_NOT_STARTED, HOST_CLOSED
   */
  load(plugin: string | Class): Promise<PluginStatus>;
  /**
   * Takes a plugin out: its requests under way finish, it is stopped, and those that can't do without it wait. Its row
   * stays, and {@link reload} brings it back.
   *
   * @throws PluginError UNKNOWN_PLUGIN, HOST_NOT_STARTED, HOST_CLOSED
   */
  unload(name: string): Promise<PluginStatus>;
  /**
   * Puts a new generation in a plugin's place, from its files as they are now, and builds those anew that depend on it.
   * No request is lost: the old generation serves until the new one does, and where that fails, it goes on, with `failure`
   * in its status. Resolves when the old one is gone.
   *
   * @throws PluginError UNKNOWN_PLUGIN, HOST_NOT_STARTED, HOST_CLOSED
   */
  reload(name: string): Promise<PluginStatus>;
  /**
   * Lets a plugin out of quarantine, and starts it; the failures before are forgotten. Any other plugin stays as it is.
   *
   * @throws PluginError UNKNOWN_PLUGIN, HOST_NOT_STARTED, HOST_CLOSED
   */
  release(name: string): Promise<PluginStatus>;
  /**
   * Tells of what happens to plugins: `plugin:running` and one more for each state, `plugin:failure`, `plugin:leak`.
   * Gives what ends it.
   */
  on<Event extends HostEvent>(event: Event, listener: HostListener<Event>): () => void;
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
  readonly #events: HostEvents;
  readonly #services: HostServices;
  readonly #serving: Serving;
  readonly #roster = new Roster();
  readonly #extensions: ExtensionBoard;
  readonly #collection: CollectionWatch;
  readonly #queue = new ChangeQueue();
  readonly #watch: ProcessWatch;
  readonly #loader: Loader;
  readonly #supervisor: Supervisor;
  readonly #admission: Admission;
  readonly #operations: Operations;
  /** What fails while the host starts. */
  #startFaults: Map<string, PluginError> | undefined = new Map();
  #isRunning = false;
  #starting: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(private readonly options: HostOptions) {
    this.#log = new HostLog(options.log);
    this.#watch = new ProcessWatch(options, this.#log);
    this.#loader = new Loader(this.#watch.escapes);
    this.#events = new HostEvents(this.#log.listenerFailed);
    this.#serving = new Serving(options, this.#log, (generation, error) => {
      const member = this.#roster.find(generation.plugin);
      if (member) this.#supervisor.charge(member, generation, error);
    });
    this.#services = new HostServices(options, this.#serving.describeRequest, this.#log.disposalFailed);
    this.#extensions = new ExtensionBoard(this.#roster, this.#log);
    this.#collection = new CollectionWatch((leak) => {
      this.#log.leaked(leak);
      this.#events.emit('plugin:leak', leak);
    });
    this.#supervisor = new Supervisor({
      roster: this.#roster,
      events: this.#events,
      log: this.#log,
      restart: async (member, failed) => {
        if (!(await this.#operations.restart(member, failed))) this.#supervisor.restartFailed(member);
      },
      quarantine: async (member) => this.#operations.quarantine(member),
    });
    const listener: RowListener = {
      moved: (row, from) => {
        this.#supervisor.moved(row, from);
      },
      failed: (row, error) => {
        this.#startFaults?.set(row.name, error);
        this.#supervisor.failed(row, error);
      },
    };
    this.#admission = new Admission(this.#roster, listener, options);
    this.#operations = new Operations({
      roster: this.#roster,
      loader: this.#loader,
      admission: this.#admission,
      queue: this.#queue,
      workshop: this.#workshop,
      forgetFailures: ({ row }) => {
        this.#supervisor.forget(row);
      },
    });
  }

  get handler(): RequestHandler {
    return this.#serving.handler;
  }

  get plugins(): readonly PluginStatus[] {
    return this.#roster.members.map(({ row }) => row.status());
  }

  async start(): Promise<void> {
    if (this.#closing) throw hostClosed();
    return (this.#starting ??= this.#watch.from(async () => this.#start()));
  }

  async listen(port: number, hostname?: string): Promise<Server> {
    await this.start();
    return this.#serving.listen(port, hostname);
  }

  get<T>(token: Token<T>, from?: { readonly plugin: string }): T {
    return lookUpToken(token, from?.plugin, {
      isRunning: this.#isRunning,
      services: this.#services,
      roster: this.#roster,
      plugins: this.plugins,
    });
  }

  async load(plugin: string | Class): Promise<PluginStatus> {
    await this.#mustRun('load()');
    return this.#operations.load(plugin);
  }

  async unload(name: string): Promise<PluginStatus> {
    await this.#mustRun('unload()');
    return this.#operations.unload(name);
  }

  async reload(name: string): Promise<PluginStatus> {
    await this.#mustRun('reload()');
    return this.#operations.reload(name);
  }

  async release(name: string): Promise<PluginStatus> {
    await this.#mustRun('release()');
    return this.#operations.release(name);
  }

  on<Event extends HostEvent>(event: Event, listener: HostListener<Event>): () => void {
    return this.#events.on(event, listener);
  }

  async close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #start(): Promise<void> {
    await this.#services.start();
    this.#isRunning = true;
    const sources = await this.#loader.find(this.options.plugins);
    const staged = this.#admission.admitAll(await this.#loader.loadAll(sources));
    await this.#operations.change({ staged, removed: new Set() });
    this.#log.faults(await this.#services.startRest(this.#importedTokens()));
    this.#log.started(this.#roster.members, Object.keys(this.options.settings ?? {}));
    await this.#refuseCritical();
    this.#serving.open();
    this.#supervisor.open();
  }

  get #workshop(): Workshop {
    const { substitute = () => undefined } = this.options;
    const builtIns: BuiltInSources = {
      log: this.#log,
      extensions: this.#extensions,
      describeRequest: this.#serving.describeRequest,
      statuses: () => this.plugins,
      operations: () => this.#operations,
      isInService: ({ row, container }) => this.#roster.live(row.name)?.container === container,
    };
    return {
      roster: this.#roster,
      serving: this.#serving,
      extensions: this.#extensions,
      retiring: {
        roster: this.#roster,
        serving: this.#serving,
        extensions: this.#extensions,
        collection: this.#collection,
        onStopFaults: (row, faults) => {
          for (const fault of faults) this.#supervisor.stopFailed(row, fault);
        },
      },
      planning: {
        roster: this.#roster,
        services: this.#services,
        substitute,
        onDisposalError: this.#log.disposalFailed,
        claim: (entry) => {
          const routes = this.#serving.describe(entry);
          this.#serving.claim(routes);
          return routes;
        },
      },
      surroundings: {
        services: this.#services,
        builtIns: (entry) => builtInsFor(entry, builtIns),
        compile: (entry, generation) => this.#serving.compile(entry, generation, this.#services),
        onStopFaults: this.#log.faults,
      },
    };
  }

  #importedTokens(): ReadonlySet<Token> {
    const needs = this.#roster.lives.flatMap(({ container }) => container.needs);
    return new Set(needs.map(({ token }) => token));
  }

  async #mustRun(call: string): Promise<void> {
    if (this.#closing) throw hostClosed();
    if (!this.#starting) throw hostNotStarted(call);
    await this.#starting;
  }

  /** Nothing is left running behind a start that is refused. */
  async #refuseCritical(): Promise<void> {
    const failures = this.#startFaults ?? new Map<string, PluginError>();
    this.#startFaults = undefined;
    const critical = this.#roster.members
      .filter(({ row, name }) => row.critical && failures.has(name))
      .map(({ name }) => name);
    if (critical.length === 0) return;
    await this.#stop();
    throw new HostStartError(critical, [...failures.values()]);
  }

  async #close(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    await this.#queue.idle();
    await this.#stop();
  }

  async #stop(): Promise<void> {
    this.#supervisor.close();
    await this.#serving.close();
    this.#isRunning = false;
    const { lives, members } = this.#roster;
    const generations = dependantsFirst(lives);
    const code = new Set(members.flatMap(({ entry }) => entry?.loaded ?? []));
    for (const member of members) {
      const { row, live } = member;
      member.live = undefined;
      member.entry = undefined;
      // What failed stays failed, for whoever asks why.
      if (live) row.on('drain');
      else if (row.state === 'waiting') row.on('stopped');
    }
    await retire({ generations, code }, this.#workshop.retiring);
    this.#log.faults(await this.#services.lifecycle.stop());
    await this.#watch.stop();
  }
}
