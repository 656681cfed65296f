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
import type { Host } from './hosting/host-interface.ts';
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
    this.#watch = new ProcessWatch(options, this.#log, (escape) => {
      this.#supervisor.escaped(escape);
    });
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
      failed: (row, error, details) => {
        this.#startFaults?.set(row.name, error);
        this.#supervisor.failed(row, error, details);
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
    const { describeRequest } = this.#serving;
    const builtIns: BuiltInSources = {
      log: this.#log,
      extensions: this.#extensions,
      describeRequest,
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
