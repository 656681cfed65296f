import type { RequestHandler } from 'express';
import type { Server } from 'node:http';
import { compilerMissing } from './errors/compiler-errors.ts';
import { hostClosed, hostNotStarted } from './errors/host-errors.ts';
import { HostStartError } from './errors/lifecycle-errors.ts';
import { writeAccessLog } from './hosting/access-log.ts';
import { assembleHost, type HostParts } from './hosting/assembly.ts';
import { describePlugins } from './hosting/describing.ts';
import type { Host } from './hosting/host-interface.ts';
import { Configuration } from './hosting/configuration.ts';
import type { HostOptions } from './hosting/options.ts';
import { dependantsFirst, retire } from './hosting/retiring.ts';
import { lookUpToken } from './hosting/token-lookup.ts';
import { unreadVariables } from './hosting/unread-variables.ts';
import type { BuildReport } from './plugin/build-report.ts';
import type { HostEvent, HostListener } from './plugin/events.ts';
import { isExtensionPoint } from './plugin/extension-point.ts';
import type { PluginOutline } from './plugin/outline.ts';
import type { LogLevel } from './plugin/log-level.ts';
import type { Problem } from './plugin/problem.ts';
import type { PluginStatus } from './plugin/status.ts';
import type { Class, Token } from './plugin/tokens.ts';
import { masked } from './services/masked.ts';
import type { Monitor } from './services/monitor.ts';

/** Makes a host; nothing happens before `start()` or `listen()`. */
export function createHost(options: HostOptions): Host {
  return new PluginHost(options);
}

class PluginHost implements Host {
  readonly #parts: HostParts;
  #isRunning = false;
  #starting: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(private readonly options: HostOptions) {
    this.#parts = assembleHost(options);
  }

  get handler(): RequestHandler {
    return this.#parts.serving.handler;
  }

  get plugins(): readonly PluginStatus[] {
    return this.#parts.roster.members.map(({ row }) => row.status());
  }

  get monitor(): Monitor {
    return this.#parts.monitors.host;
  }

  async start(): Promise<void> {
    if (this.#closing) throw hostClosed();
    return (this.#starting ??= this.#start());
  }

  async listen(port?: number, hostname?: string): Promise<Server> {
    await this.start();
    const { options } = this.#parts.configuration;
    return this.#parts.serving.listen(port ?? options.port ?? 3_000, hostname ?? options.hostname);
  }

  get<T>(token: Token<T>, from?: { readonly plugin: string }): T {
    if (isExtensionPoint(token) && !from) return this.#parts.extensions.hostView(token) as T;
    return lookUpToken(token, from?.plugin, {
      isRunning: this.#isRunning,
      services: this.#parts.services,
      roster: this.#parts.roster,
      plugins: this.plugins,
    });
  }

  async load(plugin: string | Class): Promise<PluginStatus> {
    await this.#mustRun('load()');
    return this.#parts.operations.load(plugin);
  }

  async unload(name: string): Promise<PluginStatus> {
    await this.#mustRun('unload()');
    return this.#parts.operations.unload(name);
  }

  async reload(name: string): Promise<PluginStatus> {
    await this.#mustRun('reload()');
    return this.#parts.operations.reload(name);
  }

  async release(name: string): Promise<PluginStatus> {
    await this.#mustRun('release()');
    return this.#parts.operations.release(name);
  }

  async describe(): Promise<readonly PluginOutline[]> {
    return describePlugins(this.options);
  }

  async build(folder: string): Promise<BuildReport> {
    const configuration = new Configuration(this.options);
    await configuration.read();
    return this.#parts.loader.build(configuration.options.plugins ?? [], folder);
  }

  setLogLevel(name: string, level: LogLevel | undefined): void {
    this.#parts.logLevels.set(name, level);
  }

  on<Event extends HostEvent>(event: Event, listener: HostListener<Event>): () => void {
    return this.#parts.events.on(event, listener);
  }

  async check(): Promise<readonly Problem[]> {
    // Loaded late: a host that is never checked need not pay for it.
    const { checkHost } = await import('./checking/check-host.ts').catch((error: unknown) => {
      throw compilerMissing(error);
    });
    return checkHost(this.options, this.#parts.roster);
  }

  async close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #start(): Promise<void> {
    const { configuration, processWatch, serving, log } = this.#parts;
    await configuration.read();
    writeAccessLog(serving.watch, log, configuration.options.accessLog);
    await processWatch.from(async () => this.#startPlugins());
  }

  async #startPlugins(): Promise<void> {
    const { configuration, services, loader, admission, operations } = this.#parts;
    const { log, roster, faults, serving, supervisor, watching } = this.#parts;
    await services.start();
    this.#isRunning = true;
    const sources = await loader.find(configuration.options.plugins ?? []);
    const staged = admission.admitAll(await loader.loadAll(sources));
    const { retired } = await operations.change({ staged, removed: new Set() });
    await retired;
    log.faults(await services.startRest(this.#importedTokens()));
    log.started(roster.members, configuration.named);
    const unread = unreadVariables(configuration.variables, roster.members, ({ live }) => live !== undefined);
    log.unread(
      configuration.ignored,
      unread.map(({ line }) => line),
    );
    await this.#refuseCritical();
    // From here on they tell of themselves, and what they hold may go.
    faults.clear();
    serving.open();
    supervisor.open();
    if (configuration.options.watch) await watching.start();
  }

  #importedTokens(): ReadonlySet<Token> {
    const needs = this.#parts.roster.lives.flatMap(({ container }) => container.needs);
    return new Set(needs.map(({ token }) => token));
  }

  async #mustRun(call: string): Promise<void> {
    if (this.#closing) throw hostClosed();
    if (!this.#starting) throw hostNotStarted(call);
    await this.#starting;
  }

  /** Nothing is left running behind a start that is refused. */
  async #refuseCritical(): Promise<void> {
    const { roster, faults, configuration } = this.#parts;
    const critical = roster.members.filter(({ row, name }) => row.critical && faults.has(name));
    if (critical.length === 0) return;
    const failures = [...faults.values()].map((fault) => masked(fault, configuration.secrets));
    await this.#stop();
    throw new HostStartError(
      critical.map(({ name }) => name),
      failures,
    );
  }

  async #close(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    await this.#parts.watching.close();
    await this.#parts.queue.idle();
    await this.#stop();
  }

  async #stop(): Promise<void> {
    const { supervisor, queue, serving, roster, retiring, log, services, processWatch } = this.#parts;
    supervisor.close();
    queue.close();
    await serving.close();
    this.#isRunning = false;
    const { lives, members } = roster;
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
    await retire({ generations, stopped: [], code }, retiring);
    log.faults(await services.lifecycle.stop());
    await processWatch.stop();
  }
}
