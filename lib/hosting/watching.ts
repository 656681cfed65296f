import type { FSWatcher } from 'chokidar';
import { dirname, relative } from 'node:path';
import type { Place } from '../discovery/places.ts';
import { sourcePath } from '../discovery/source.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { watchFailed } from '../errors/watch-errors.ts';
import type { HostEvents } from '../supervision/host-events.ts';
import { changedPlugins, isShared, isWithin } from './changed-files.ts';
import type { Configuration } from './configuration.ts';
import type { HostLog } from './host-log.ts';
import type { Operations } from './operations.ts';
import { Refreshing } from './refreshing.ts';
import { Settling, type Unrest } from './settling.ts';
import { WatchedPaths } from './watched-paths.ts';

/** Lets plugins follow their files. Whatever goes wrong with it is logged; the host goes on. */
export class Watching {
  readonly #paths = new WatchedPaths();
  readonly #settling = new Settling(async (place, unrest) => this.#refresh(place, unrest));
  readonly #refreshing: Refreshing;
  /** What is being refreshed, and nobody has seen the result of. */
  readonly #underWay = new Map<string, Unrest>();
  /** Each is logged once: a full system fails thousands of times. */
  readonly #told = new Set<unknown>();
  #places: readonly Place[] = [];
  #watcher: FSWatcher | undefined;
  #stopListening: (() => void) | undefined;

  constructor(
    private readonly operations: Operations,
    private readonly events: HostEvents,
    private readonly log: HostLog,
    private readonly configuration: Configuration,
  ) {
    this.#refreshing = new Refreshing(operations, log.takenOut);
  }

  /** From when it resolves on, no change goes unnoticed. Never rejects. */
  async start(): Promise<void> {
    const { loader, roster } = this.operations.parts;
    try {
      this.#places = await loader.places(this.configuration.options.plugins ?? []);
      for (const { path } of this.#places) this.#paths.add(path);
      for (const { name } of roster.members) this.#follow(name);
      for (const path of this.configuration.places) this.#paths.add(path);
      await this.#open();
      this.#stopListening = this.events.on('plugin:running', ({ plugin, generation }) => {
        this.#follow(plugin);
        this.#report(plugin, generation);
      });
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Resolves when nothing is being refreshed any more. */
  async close(): Promise<void> {
    this.#stopListening?.();
    await this.#watcher?.close();
    await this.#settling.close();
  }

  async #open(): Promise<void> {
    // Loaded late: who does not watch need not pay for it.
    const { watch } = await import('chokidar');
    const { roots } = this.#paths;
    const ignored = (path: string): boolean => !this.#paths.has(path);
    const watcher = watch([...roots], { ignored, ignoreInitial: true });
    this.#watcher = watcher;
    watcher.on('all', (event, path) => {
      this.#changed(path, event === 'change' ? savedMs : movedMs);
    });
    const opened = new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
      watcher.on('error', (error) => {
        this.#failed(error);
        resolve();
      });
    });
    // Of nothing it never says that it is ready.
    if (roots.length > 0) await opened;
  }

  /** A plugin may use files, and have come from a place, that nobody has looked at until now. */
  #follow(plugin: string): void {
    const { source, entry } = this.operations.parts.roster.find(plugin) ?? {};
    const path = source && sourcePath(source);
    const { files = [], shared = [] } = entry?.loaded ?? {};
    if (path !== undefined && this.#paths.add(path)) {
      this.#places = [...this.#places, { path, holdsPlugins: false }];
      this.#watcher?.add(path);
    }
    // By their real paths: those in a plugin's own folder are looked at already, unless a link leads there.
    const own = source?.kind === 'folder' ? source.root : undefined;
    for (const file of [...files, ...shared]) {
      if (own !== undefined && isWithin(own, file)) continue;
      if (this.#paths.add(file)) this.#watcher?.add(file);
    }
  }

  #changed(path: string, quietMs: number): void {
    const { roster } = this.operations.parts;
    if (this.configuration.places.includes(path)) {
      this.#settling.touch(configurationPlace, path, quietMs);
      return;
    }
    if (isShared(path, roster)) {
      if (!this.#told.has(path)) this.log.restartNeeded(path);
      this.#told.add(path);
      return;
    }
    const keepsTemplates = !(
      this.configuration.options.development ?? process.env.NODE_ENV === 'development'
    );
    for (const place of changedPlugins(path, { roster, places: this.#places, keepsTemplates })) {
      this.#settling.touch(place, path, quietMs);
    }
  }

  async #refresh(place: string, unrest: Unrest): Promise<void> {
    this.#underWay.set(place, unrest);
    try {
      if (place === configurationPlace) await this.#followConfiguration();
      else await this.#refreshing.refresh(place);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#underWay.delete(place);
    }
  }

  async #followConfiguration(): Promise<void> {
    try {
      const { options, file = '' } = await this.operations.followConfiguration();
      if (options.length > 0) this.log.restartNeededFor(options, file);
    } catch (error) {
      this.log.faults([error as PluginError]);
    }
  }

  #report(plugin: string, generation: number): void {
    const member = this.operations.parts.roster.find(plugin);
    const place = member && sourcePath(member.source);
    const unrest = place === undefined ? undefined : this.#underWay.get(place);
    if (place === undefined || !unrest) return;
    this.#underWay.delete(place);
    const files = [...unrest.files].map((file) => relative(dirname(place), file));
    this.log.refreshed({ plugin, generation, files, ms: Math.round(performance.now() - unrest.since) });
  }

  #failed(cause: unknown): void {
    const { code } = (cause ?? {}) as { code?: unknown };
    if (code !== undefined && this.#told.has(code)) return;
    this.#told.add(code);
    this.log.faults([watchFailed(cause)]);
  }
}

/** Of several files that change at once only one is read. */
const configurationPlace = 'configuration';

/** After the last change of a file. Not less: chokidar keeps further changes of a file within 50 ms to itself. */
const savedMs = 50;

/** What comes and goes does so in numbers: folders are copied, branches checked out. And chokidar tells of what goes 100 ms late. */
const movedMs = 200;
