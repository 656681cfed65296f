import type { PluginContainer, Supply } from '../container/plugin-container.ts';
import { decoratorsFor } from '../container/dependency-graph.ts';
import { dependencyNotRunning, startTimeout } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { Mount } from '../http/mount.ts';
import type { Token } from '../plugin/tokens.ts';
import { insideBoundary } from '../supervision/boundary.ts';
import { Generation } from '../supervision/generation.ts';
import { supplyImports, type Decorator } from '../supervision/import-supplier.ts';
import { inDependencyOrder } from '../supervision/start-order.ts';
import { wrapperOf, type LiveEntry, type PlannedEntry } from './entry.ts';
import type { HostServices } from './host-services.ts';
import type { Plan } from './planning.ts';
import type { Roster } from './roster.ts';

/** What starting needs besides the plugins themselves. */
export interface Surroundings {
  readonly roster: Roster;
  readonly services: HostServices;
  builtIns(entry: PlannedEntry, generation: Generation): (token: Token) => Supply | undefined;
  /** Makes the routes of a started generation; they are not served yet. */
  compile(entry: PlannedEntry, generation: Generation): Mount;
  /** Told of each that has started, at once. */
  onStarted(entry: LiveEntry): void;
  /** Stops a generation that has not started, with what it has begun. */
  discard(generation: Generation): Promise<void>;
}

/** Why one does not start. */
export interface Fault {
  /** Whether it has failed, or waits for another. */
  readonly kind: 'fail' | 'wait';
  readonly error: PluginError;
}

/** What became of each that a change builds. */
export interface Outcome {
  readonly started: ReadonlyMap<string, LiveEntry>;
  readonly faults: ReadonlyMap<string, Fault>;
}

/** Starts all that a plan builds, each as soon as what it depends on has. Never rejects; changes no running plugin. */
export async function startPlanned(
  plan: Plan,
  removed: ReadonlySet<string>,
  surroundings: Surroundings,
): Promise<Outcome> {
  const start = new Start(plan, removed, surroundings);
  const { order, dependencies } = plan.graph;
  await inDependencyOrder(
    order.filter((name) => plan.verdicts.has(name)),
    (name) => (dependencies.get(name) ?? []).map(({ on }) => on),
    async (name) => start.one(name),
  );
  return start;
}

class Start implements Outcome {
  readonly started = new Map<string, LiveEntry>();
  readonly faults = new Map<string, Fault>();
  /** Followers that nothing has changed for after all. */
  readonly #unchanged = new Set<string>();

  constructor(
    private readonly plan: Plan,
    private readonly removed: ReadonlySet<string>,
    private readonly surroundings: Surroundings,
  ) {}

  async one(name: string): Promise<void> {
    const verdict = this.plan.verdicts.get(name);
    if (!verdict) return;
    if (verdict.kind !== 'ready') {
      this.faults.set(name, verdict);
      return;
    }
    const foundations = this.#foundationsOf(name);
    if (
      this.plan.followers.has(name) &&
      isSame(foundations, this.surroundings.roster.live(name)?.foundations)
    ) {
      this.#unchanged.add(name);
      return;
    }
    const chain = this.#missingFor(name);
    if (chain) {
      const error = dependencyNotRunning(name, chain, this.#reasonFor(chain.at(-1) ?? name));
      this.faults.set(name, { kind: 'wait', error });
      return;
    }
    try {
      this.started.set(name, await this.#start(verdict.entry, foundations));
    } catch (error) {
      this.faults.set(name, { kind: 'fail', error: error as PluginError });
    }
  }

  async #start(entry: PlannedEntry, foundations: ReadonlyMap<string, Generation>): Promise<LiveEntry> {
    const { row, settings, container } = entry;
    row.on('start');
    const startedAt = new Date();
    const begin = performance.now();
    const number = row.takeNumber();
    const scope = entry.loaded.scope.forGeneration(number);
    const generation = new Generation(row.name, number, container, settings.timeouts, scope);
    try {
      await this.#supply(entry, generation);
      await generation.start();
      const mount = await insideBoundary({ plugin: row.name, phase: 'mount' }, () =>
        this.surroundings.compile(entry, generation),
      );
      const startMs = performance.now() - begin;
      const live = { ...entry, generation, foundations, mount, startedAt, startMs };
      this.surroundings.onStarted(live);
      return live;
    } catch (error) {
      await this.surroundings.discard(generation);
      throw error;
    }
  }

  /** Gives a plugin its imports; an owner that never provides one keeps nobody else from starting. */
  async #supply(entry: PlannedEntry, generation: Generation): Promise<void> {
    const { row, settings, container, substitutes } = entry;
    const { builtIns, services } = this.surroundings;
    const { startMs } = settings.timeouts;
    const onTimeout = (): PluginError => startTimeout(row.name, 'its imports', startMs);
    await insideBoundary({ plugin: row.name, phase: 'start', limitMs: startMs, onTimeout }, async () =>
      supplyImports(container, {
        substitutes,
        builtIn: builtIns(entry, generation),
        decorator: (token) => this.#decoratorFor(row.name, token),
        host: services,
        exporter: (token) => this.#exporterOf(token),
        scopeOf: (plugin) => this.#standing(plugin)?.generation.scope,
      }),
    );
  }

  #exporterOf(token: Token): PluginContainer | undefined {
    return this.#standing(this.plan.graph.exporters.get(token) ?? '')?.container;
  }

  /** The outermost that runs: one that has failed leaves what it would have wrapped in place. */
  #decoratorFor(asking: string, token: Token): Decorator | undefined {
    for (const name of decoratorsFor(asking, token, this.plan.graph).toReversed()) {
      const standing = this.#standing(name);
      const wrapper = standing && wrapperOf(standing, token);
      if (wrapper) return { container: standing.container, wrapper };
    }
    return undefined;
  }

  /** What there is of a plugin for those that need it: its new generation where it gets one. */
  #standing(name: string): LiveEntry | undefined {
    const { verdicts } = this.plan;
    if (this.removed.has(name)) return undefined;
    if (verdicts.has(name) && !this.#unchanged.has(name)) return this.started.get(name);
    return this.surroundings.roster.live(name);
  }

  #foundationsOf(name: string): ReadonlyMap<string, Generation> {
    const dependencies = this.plan.graph.dependencies.get(name) ?? [];
    return new Map(
      dependencies.flatMap(({ on }) => {
        const standing = this.#standing(on);
        return standing ? [[on, standing.generation] as const] : [];
      }),
    );
  }

  /** The way to the nearest plugin that is needed and does not run, or undefined where all run. */
  #missingFor(name: string): readonly string[] | undefined {
    const missing = (this.plan.graph.dependencies.get(name) ?? []).find(
      ({ on, optional }) => !optional && !this.#standing(on),
    );
    if (!missing) return undefined;
    const further = this.faults.get(missing.on)?.kind === 'wait' ? this.#missingFor(missing.on) : undefined;
    return [name, ...(further ?? [missing.on])];
  }

  #reasonFor(name: string): string {
    const fault = this.faults.get(name);
    if (fault) return `${fault.kind === 'wait' ? 'waiting' : 'failed'}: ${fault.error.code}`;
    const row = this.surroundings.roster.find(name)?.row;
    if (!row) return 'there is no such plugin';
    const { state, failure } = row;
    const isLeaving = this.removed.has(name) || state === 'draining';
    if (state === 'stopped' || (isLeaving && state !== 'quarantined')) return 'unloaded';
    return failure && state !== 'disabled' ? `${state}: ${failure.code}` : state;
  }
}

function isSame(
  now: ReadonlyMap<string, Generation>,
  before: ReadonlyMap<string, Generation> | undefined,
): boolean {
  return before?.size === now.size && [...now].every(([name, generation]) => before.get(name) === generation);
}
