import type { DisposalStep } from '../container/disposal.ts';
import type { ServiceContainer } from '../container/service-container.ts';
import { startFailed, stopFailed, stopTimeout } from '../errors/lifecycle-errors.ts';
import { PluginError } from '../errors/plugin-error.ts';
import { insideBoundary } from './boundary.ts';
import type { PluginScope } from './escapes/plugin-scope.ts';

type Hook = 'onStart' | 'onStop';

/** Starts what a container has constructed, dependencies first, and stops it, dependants first. */
export class Lifecycle {
  readonly #starts = new Map<object, Promise<void>>();
  readonly #started: object[] = [];

  constructor(
    private readonly owner: string,
    private readonly container: ServiceContainer,
    /** For each `onStop` and each `@preDestroy`, in ms. */
    private readonly stopMs: number,
    /** Of a plugin; the host has none. */
    private readonly scope?: PluginScope,
  ) {}

  /** What is being started now, for the message when it does not end. */
  doing = 'its first constructor';

  /**
   * Runs `onStart` of everything that was constructed and not yet started. `isAbandoned` ends it between two calls.
   *
   * @throws PluginError START_FAILED
   */
  async start(isAbandoned: () => boolean = () => false): Promise<void> {
    for (const instance of this.container.created) {
      if (isAbandoned()) return;
      const start = this.#starts.get(instance) ?? this.#startOne(instance);
      this.#starts.set(instance, start);
      await start;
    }
  }

  /** Runs `onStop`, then `@preDestroy`. Never rejects: what failed is returned, the rest is done all the same. */
  async stop(): Promise<readonly PluginError[]> {
    const stops = this.#started.toReversed().map((instance) => this.#stopStep(instance));
    this.#started.length = 0;
    const faults: PluginError[] = [];
    for (const step of [...stops, ...this.container.takeDisposal()]) {
      await this.#within(step).catch((fault: unknown) => faults.push(fault as PluginError));
    }
    return faults;
  }

  async #startOne(instance: object): Promise<void> {
    const name = className(instance);
    this.doing = `${name}.onStart()`;
    const call = (): unknown => callHook(instance, 'onStart');
    const { owner, scope } = this;
    const onThrow = (thrown: unknown): PluginError => startFailed(owner, name, thrown);
    await insideBoundary({ plugin: owner, phase: 'start', scope, onThrow }, call);
    this.#started.push(instance);
  }

  #stopStep(instance: object): DisposalStep {
    return { name: className(instance), run: async () => void (await callHook(instance, 'onStop')) };
  }

  async #within({ name, run }: DisposalStep): Promise<void> {
    const { owner, scope, stopMs } = this;
    await insideBoundary(
      {
        plugin: owner,
        phase: 'stop',
        scope,
        limitMs: stopMs,
        onTimeout: () => stopTimeout(owner, name, stopMs),
        onThrow: (thrown) => stopFailed(owner, name, thrown),
      },
      run,
    );
  }
}

function callHook(instance: object, hook: Hook): unknown {
  const method: unknown = (instance as Partial<Record<Hook, unknown>>)[hook];
  return typeof method === 'function' ? method.call(instance) : undefined;
}

function className(instance: object): string {
  return instance.constructor?.name || 'an object';
}
