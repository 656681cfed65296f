import type { PluginError } from '../errors/plugin-error.ts';
import { describeThrown } from '../errors/lifecycle-errors.ts';
import { masked } from '../services/masked.ts';
import { Secrets } from '../services/secrets.ts';
import type { LogLevel } from '../plugin/log-level.ts';
import { nextState, type PluginEvent, type PluginState } from '../plugin/state.ts';
import type {
  ConfigValue,
  PluginFailure,
  PluginIdentity,
  PluginStatus,
  RouteStatus,
} from '../plugin/status.ts';

/** Told of all that happens to a row. */
export interface RowListener {
  /** `isRestart`: it runs again after it has failed. */
  moved(row: SupervisedPlugin, from: PluginState, isRestart: boolean): void;
  /** Told after the row has moved, where it does; `details` are for the log. */
  failed(row: SupervisedPlugin, error: PluginError, details?: object): void;
}

/** What is shown of the generation that runs, or was tried last. */
export interface Description {
  readonly identity: PluginIdentity;
  readonly critical: boolean;
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  readonly warnings: readonly string[];
  readonly config?: readonly ConfigValue[] | undefined;
}

/** One row of the host's table: a plugin and its state, whatever generation of it runs. */
export class SupervisedPlugin {
  #state: PluginState = 'discovered';
  #startedAt: Date | undefined;
  #startMs: number | undefined;
  #failure: PluginFailure | undefined;
  /** Of being built anew with what others have become. */
  #failureToFollow: PluginFailure | undefined;
  #description: Description;
  #generation = 1;
  #lastNumber = 0;
  routes: readonly RouteStatus[] = [];
  logLevel: LogLevel | undefined;
  /** When it is worth coming again while it does not run, in ms. */
  retryAfterMs = soonMs;

  constructor(
    identity: PluginIdentity,
    private readonly listener?: RowListener,
    private readonly secrets = new Secrets(),
  ) {
    this.#description = { identity, critical: false, imports: [], exports: [], warnings: [] };
  }

  get name(): string {
    return this.#description.identity.name;
  }

  get state(): PluginState {
    return this.#state;
  }

  get failure(): PluginFailure | undefined {
    return this.#failure;
  }

  get critical(): boolean {
    return this.#description.critical;
  }

  get warnings(): readonly string[] {
    return this.#description.warnings;
  }

  /** The number of the generation that runs, or was tried last. */
  get generation(): number {
    return this.#generation;
  }

  /** The number that the next generation will have. */
  get nextNumber(): number {
    return this.#lastNumber + 1;
  }

  /** The number of a generation that is about to be started. */
  takeNumber(): number {
    this.#lastNumber += 1;
    if (this.#state !== 'running') this.#generation = this.#lastNumber;
    return this.#lastNumber;
  }

  describe(description: Partial<Description>): void {
    this.#description = { ...this.#description, ...description };
  }

  /** Moves on, where the table knows the event in this state; otherwise nothing happens. */
  on(event: PluginEvent): void {
    this.#move(event, false);
  }

  /** A generation runs: the first, or another in the place of the one before. */
  started(generation: number, startedAt: Date, startMs: number, isRestart = false): void {
    this.#generation = generation;
    this.#startedAt = startedAt;
    this.#startMs = startMs;
    this.#failure = undefined;
    this.retryAfterMs = soonMs;
    if (this.#state === 'running') this.listener?.moved(this, 'running', isRestart);
    else this.#move('started', isRestart);
  }

  /** It is not to run, so that it does not is no failure. */
  disable(): void {
    this.#failure = undefined;
    this.on('disable');
  }

  fail(error: PluginError): void {
    this.note(error);
    this.on('fail');
    this.listener?.failed(this, error);
  }

  wait(error: PluginError): void {
    this.note(error);
    this.on('wait');
    this.listener?.failed(this, error);
  }

  /** Something failed, and what runs goes on: a generation that was to take its place, say. */
  refuse(error: PluginError, details?: object): void {
    this.note(error);
    this.listener?.failed(this, error, details);
  }

  /** What it depends on has changed, and it could not be built anew with that: it goes on as it was. */
  fallBehind(error: PluginError): void {
    this.refuse(error);
    this.#failureToFollow = this.#failure;
  }

  /** What it depends on is again what it was built with. */
  catchUp(): void {
    if (this.#failure === this.#failureToFollow) this.#failure = undefined;
  }

  status(): PluginStatus {
    const running = this.#state === 'running';
    const { identity, ...description } = this.#description;
    const status = {
      ...identity,
      ...description,
      state: this.#state,
      generation: this.#generation,
      placement: 'inline' as const,
      ...(this.logLevel && { logLevel: this.logLevel }),
      startedAt: running ? this.#startedAt : undefined,
      startMs: this.#startMs,
      routes: running ? this.routes : [],
      failure: this.#failure,
    };
    return masked(status, this.secrets);
  }

  /** Shows what has failed, and tells nobody. */
  note(error: PluginError): void {
    this.#failure = describeFailure(error);
  }

  #move(event: PluginEvent, isRestart: boolean): void {
    const from = this.#state;
    const to = nextState(from, event);
    if (to === undefined) return;
    this.#state = to;
    if (to !== from) this.listener?.moved(this, from, isRestart);
  }
}

/** Nobody knows better. */
const soonMs = 1_000;

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
