import type { Dependency } from '../container/dependency-graph.ts';
import type { PluginContainer } from '../container/plugin-container.ts';
import { keptError } from '../errors/kept-error.ts';
import { describeThrown } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { nextState, type PluginEvent, type PluginState } from '../plugin/state.ts';
import type { PluginFailure, PluginIdentity, PluginStatus, RouteStatus } from '../plugin/status.ts';
import { tokenName } from '../plugin/tokens.ts';
import type { Generation } from './generation.ts';

/** One row of the host's table: a plugin, its state, and the generation that runs. */
export class SupervisedPlugin {
  #state: PluginState = 'discovered';
  #startedAt: Date | undefined;
  #startMs: number | undefined;
  #failure: PluginFailure | undefined;
  #error: PluginError | undefined;
  generation: Generation | undefined;
  generationNumber = 1;
  dependencies: readonly Dependency[] = [];
  routes: readonly RouteStatus[] = [];
  imports: readonly string[] = [];
  exports: readonly string[] = [];
  warnings: readonly string[] = [];
  critical = false;

  constructor(readonly identity: PluginIdentity) {}

  get name(): string {
    return this.identity.name;
  }

  get state(): PluginState {
    return this.#state;
  }

  /** The fault, with a copy of what was thrown; the status holds plain values. */
  get error(): PluginError | undefined {
    return this.#error;
  }

  /** Moves on, where the table knows the event in this state; otherwise nothing happens. */
  on(event: PluginEvent): void {
    this.#state = nextState(this.#state, event) ?? this.#state;
  }

  started(startedAt: Date, startMs: number): void {
    this.#startedAt = startedAt;
    this.#startMs = startMs;
    this.#error = undefined;
    this.#failure = undefined;
    this.on('started');
  }

  fail(error: PluginError): void {
    this.#note(error);
    this.on('fail');
  }

  wait(error: PluginError): void {
    this.#note(error);
    this.on('wait');
  }

  describe(container: PluginContainer, exported: readonly string[]): void {
    this.imports = [...new Set(container.needs.map(({ token }) => tokenName(token)))];
    this.exports = exported;
  }

  status(): PluginStatus {
    const running = this.#state === 'running';
    return {
      ...this.identity,
      state: this.#state,
      generation: this.generationNumber,
      placement: 'inline',
      critical: this.critical,
      startedAt: running ? this.#startedAt : undefined,
      startMs: this.#startMs,
      routes: running ? this.routes : [],
      imports: this.imports,
      exports: this.exports,
      warnings: this.warnings,
      failure: this.#failure,
    };
  }

  #note(error: PluginError): void {
    this.#error = keptError(error);
    this.#failure = describeFailure(error);
  }
}

// Copies only: a live error would keep a whole generation from being collected.
function describeFailure(error: PluginError): PluginFailure {
  const { code, phase, message, fix, path, cause } = error;
  return { code, phase, message, fix, path, cause: describeCause(cause) };
}

function describeCause(cause: unknown): PluginFailure['cause'] {
  if (cause === undefined) return undefined;
  if (!(cause instanceof Error)) return { name: typeof cause, message: describeThrown(cause) };
  return { name: cause.name, message: cause.message, stack: cause.stack };
}
