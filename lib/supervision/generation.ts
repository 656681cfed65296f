import type { PluginContainer } from '../container/plugin-container.ts';
import { constructFailed, startTimeout } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { insideBoundary } from './boundary.ts';
import type { PluginScope } from './escapes/plugin-scope.ts';
import { Lifecycle } from './lifecycle.ts';

export interface GenerationLimits {
  /** From the first constructor to the end of the last `onStart`, in ms. */
  readonly startMs: number;
  /** For each `onStop` and each `@preDestroy`, in ms. */
  readonly stopMs: number;
}

/** One loaded version of a plugin: it is started once, stopped once, and never used again. */
export class Generation {
  readonly #lifecycle: Lifecycle;
  #abandoned = false;
  #run: Promise<void> | undefined;
  #stop: Promise<readonly PluginError[]> | undefined;

  constructor(
    readonly plugin: string,
    /** 1 for the first that was loaded. */
    readonly number: number,
    readonly container: PluginContainer,
    private readonly limits: GenerationLimits,
    /** What it starts by itself is known by it. */
    readonly scope?: PluginScope,
  ) {
    this.#lifecycle = new Lifecycle(plugin, container, limits.stopMs, scope);
  }

  /**
   * Constructs every singleton and runs every `onStart`. When it fails, what was built is to be stopped with `stop()`.
   *
   * @throws PluginError CONSTRUCT_FAILED, START_FAILED, START_TIMEOUT
   */
  async start(): Promise<void> {
    const { plugin, limits } = this;
    await insideBoundary(
      {
        plugin,
        phase: 'start',
        limitMs: limits.startMs,
        onTimeout: (limitMs) => startTimeout(plugin, this.#lifecycle.doing, limitMs),
      },
      () => (this.#run = this.#constructAndStart()),
    );
  }

  /** Ends it, once; never rejects. What failed on the way is returned. */
  async stop(): Promise<readonly PluginError[]> {
    return (this.#stop ??= this.#stopAll());
  }

  async #stopAll(): Promise<readonly PluginError[]> {
    this.#abandoned = true;
    const faults = await this.#lifecycle.stop();
    this.scope?.end();
    // A start that was given up may still finish something: that is stopped when it does.
    void this.#run?.catch(() => undefined).then(async () => this.#lifecycle.stop());
    return faults;
  }

  async #constructAndStart(): Promise<void> {
    for (const { record, path } of this.container.constructions) {
      if (this.#abandoned) return;
      this.#lifecycle.doing = `the construction of ${path.at(-1)}`;
      await insideBoundary(
        {
          plugin: this.plugin,
          phase: 'construct',
          scope: this.scope,
          onThrow: (thrown) => constructFailed(this.plugin, path, thrown),
        },
        () => this.container.construct(record),
      );
    }
    await this.#lifecycle.start(() => this.#abandoned);
  }
}
