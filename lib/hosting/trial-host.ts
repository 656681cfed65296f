import { isSameSource, type Source } from '../discovery/source.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { Admission } from './admission.ts';
import type { Configuration } from './configuration.ts';
import type { Entry } from './entry.ts';
import { HostLog } from './host-log.ts';
import { HostServices } from './host-services.ts';
import { Loader, type Candidate } from './loading.ts';
import type { Planning } from './planning.ts';
import { ProcessWatch } from './process-watch.ts';
import { Roster } from './roster.ts';
import { describePlugin, type PluginDescription } from '../http/describe-plugin.ts';
import { RouteClaims } from '../http/route-claims.ts';
import { Audience } from '../services/audience.ts';
import type { LogTarget } from '../services/logger.ts';
import type { SupervisedPlugin } from '../supervision/supervised-plugin.ts';

/** A row that no plugin could be put into, with why. */
export interface Refusal {
  readonly row: SupervisedPlugin;
  readonly error: PluginError;
}

/** What a start would work on, made for one look at it: nothing of it is the host's, and nothing of it stays. */
export class TrialHost {
  readonly roster = new Roster();
  readonly services: HostServices;
  readonly planning: Planning;
  readonly refusals: Refusal[] = [];
  candidates: readonly Candidate[] = [];
  readonly #watch: ProcessWatch;
  readonly #loader: Loader;
  readonly #claims = new RouteClaims();
  readonly #admission: Admission;

  constructor(private readonly configuration: Configuration) {
    const { options } = configuration;
    const log = new HostLog(new Audience(), silent);
    // What modules begin when they are loaded is closed again, and what escapes from them is nobody's.
    this.#watch = new ProcessWatch({ ...options, blockedMs: 0, leaks: 'close' }, log, nothing);
    this.#loader = new Loader(this.#watch.escapes, { build: options.build });
    this.services = new HostServices(options, {
      describeRequest: () => {
        throw new Error('Nothing is served while plugins are checked.');
      },
      onDisposalError: nothing,
      onSupplied: nothing,
    });
    this.planning = {
      roster: this.roster,
      services: this.services,
      substitute: options.substitute ?? nothing,
      onDisposalError: nothing,
      claim: (entry) => {
        const routes = this.routesOf(entry);
        const conflict = this.#claims.conflict(routes);
        if (conflict) throw conflict;
        this.#claims.claim(routes);
        return routes;
      },
    };
    const failed = (row: SupervisedPlugin, error: PluginError): void => {
      this.refusals.push({ row, error });
    };
    this.#admission = new Admission(this.roster, { moved: nothing, failed }, configuration);
  }

  /** Loads all that the options list, and `others`; gives what a start would go on with. */
  async load(others: readonly Source[] = []): Promise<readonly Entry[]> {
    const listed = await this.#loader.find(this.configuration.options.plugins ?? []);
    const more = others.filter((source) => !listed.some((other) => isSameSource(source, other)));
    this.candidates = await this.#loader.loadAll([...listed, ...more]);
    return this.#admission.admitAll(this.candidates);
  }

  /** A plugin's routes. `onFault` is told of those that can't be read; without it, the first is thrown. */
  routesOf({ row, loaded, settings }: Entry, onFault?: (error: unknown) => void): PluginDescription {
    const { name } = row;
    const { controllers, assets } = loaded;
    const { options } = this.configuration;
    return describePlugin({ name, prefix: settings.prefix, controllers, options, assets, onFault });
  }

  /** Runs `look` while the process is watched; then forgets all that was loaded. */
  async during<T>(look: () => Promise<T>): Promise<T> {
    let result: T | undefined;
    await this.#watch.from(async () => {
      try {
        result = await look();
      } finally {
        await this.#forget();
      }
    });
    await this.#watch.rest();
    return result as T;
  }

  async #forget(): Promise<void> {
    for (const candidate of this.candidates) {
      if (candidate.kind !== 'loaded') continue;
      await this.#watch.leftResources.settle(candidate.plugin.scope);
      candidate.plugin.dispose();
    }
  }
}

const nothing = (): undefined => undefined;

const silent: LogTarget = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
