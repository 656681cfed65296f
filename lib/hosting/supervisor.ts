import { tooManyFailures } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { PluginState } from '../plugin/state.ts';
import { masked } from '../services/masked.ts';
import type { Secrets } from '../services/secrets.ts';
import type { Generation } from '../supervision/generation.ts';
import type { Escape } from '../supervision/escapes/escape.ts';
import type { HostEvents } from '../supervision/host-events.ts';
import { RestartPolicy } from '../supervision/restart-policy.ts';
import type { RowListener, SupervisedPlugin } from '../supervision/supervised-plugin.ts';
import type { HostLog } from './host-log.ts';
import type { LiveEntry } from './entry.ts';
import type { Member, Roster } from './roster.ts';

export interface SupervisorParts {
  readonly roster: Roster;
  readonly events: HostEvents;
  readonly log: HostLog;
  readonly secrets: Secrets;
  /** Builds a plugin anew from the code that it has, unless another generation than the one that failed runs. */
  restart(member: Member, failed: Generation | undefined): Promise<void>;
  /** Takes a quarantined plugin out of service. */
  quarantine(member: Member): Promise<void>;
}

/** The generation of which something has failed. */
interface Failing {
  readonly plugin: string;
  readonly number: number;
  /** It was stopped before. */
  readonly isLate: boolean;
}

interface Blamed {
  readonly member: Member;
  readonly generation: Generation;
}

/**
 * Decides what follows from a failure: a restart after a pause, or, when there are too many, quarantine. A generation
 * fails once: what happens of it after that is told, and not counted.
 */
export class Supervisor implements RowListener {
  readonly #policies = new WeakMap<SupervisedPlugin, RestartPolicy>();
  readonly #pauses = new Map<SupervisedPlugin, NodeJS.Timeout>();
  readonly #condemned = new WeakSet<Generation>();
  /** Of which an error may have escaped. */
  readonly #suspected = new WeakSet<Generation>();
  /** Of generations that were not there yet: what has escaped from them. */
  readonly #whileStarting = new WeakMap<
    SupervisedPlugin,
    { readonly generation: number; readonly error: PluginError }
  >();
  /** What failed before the host had started. */
  #early: SupervisedPlugin[] | undefined = [];
  #isClosed = false;

  constructor(private readonly parts: SupervisorParts) {}

  moved(row: SupervisedPlugin, from: PluginState, isRestart: boolean): void {
    const { name: plugin, state: to, generation } = row;
    const transition = { plugin, from, to, generation, at: new Date(), ...(isRestart && { isRestart }) };
    this.parts.events.emit(`plugin:${to}`, transition);
    if (to === 'running') this.#chargeEarly(row);
  }

  failed(row: SupervisedPlugin, error: PluginError, details?: object): void {
    const { name: plugin, generation } = row;
    this.parts.log.failed(row, error, details);
    if (row.state === 'waiting') return;
    this.#announce(plugin, generation, error);
    // A faulty plan stays faulty; what fails when it is tried may succeed later.
    if (row.state === 'failed' && isOfStart(error)) this.#count(row);
  }

  /** A running generation has done what it must not. */
  charge(member: Member, generation: Generation, error: PluginError, details?: object): void {
    const { row } = member;
    row.refuse(error, details);
    if (member.live?.generation === generation) this.#condemn(generation, row);
  }

  /**
   * An error has escaped from a generation. Where only the context tells whose it is, one may be somebody else's that came
   * this way: from the second on they count.
   */
  escaped({ plugin, generation: number, isLate, foundBy, origin, error }: Escape): void {
    const details = { generation: number, origin, foundBy };
    const blamed = this.#blamed({ plugin, number, isLate }, error, details);
    if (!blamed) return;
    const { member, generation } = blamed;
    if (foundBy === 'context' && !this.#suspected.has(generation)) {
      this.#suspected.add(generation);
      member.row.refuse(error, details);
    } else {
      this.charge(member, generation, error, details);
    }
  }

  /** A call into a generation, beside those for requests, has failed. */
  callFailed({ plugin, number, scope }: Generation, error: PluginError): void {
    const isLate = scope?.hasEnded === true;
    const blamed = this.#blamed({ plugin, number, isLate }, error);
    if (blamed) this.charge(blamed.member, blamed.generation, error);
  }

  /** The generation that runs, where it is the one that has failed; otherwise that is told, and counts at most later. */
  #blamed({ plugin, number, isLate }: Failing, error: PluginError, details?: object): Blamed | undefined {
    const member = this.parts.roster.find(plugin);
    const generation = member?.live?.generation;
    if (member && generation && !isLate && generation.number === number) return { member, generation };
    this.#tell(plugin, number, error, details);
    // It has begun what fails before it was there itself: that counts when it is.
    if (member && !isLate) this.#whileStarting.set(member.row, { generation: number, error });
    return undefined;
  }

  /** A restart was tried, and what ran before goes on. */
  restartFailed(member: Member): void {
    const { row, entry, live } = member;
    // Who stands on it could not be built anew: that is no fault of its own, and may be mended by then.
    if (row.failure?.code === 'RELOAD_REFUSED' && entry)
      this.#restartAfter(entry.settings.supervise.backoff.maxMs, member, live?.generation);
    else this.#count(row);
  }

  /**
   * A generation that goes away has failed in that: it counts, where its code goes on, and there is nothing to start anew
   * for it.
   */
  stopFailed({ row, generation, loaded }: LiveEntry, error: PluginError): void {
    this.#tell(row.name, generation.number, error);
    const member = this.parts.roster.find(row.name);
    if (this.#isClosed || member?.live?.loaded !== loaded) return;
    const verdict = this.#policyOf(member).failed(performance.now());
    if (verdict.kind === 'quarantine') void this.#quarantine(member, verdict.failures);
  }

  /** Begins at nought, for what the operator has decided, and by the settings of the code that is there then. */
  forget(row: SupervisedPlugin): void {
    this.#policies.delete(row);
    clearTimeout(this.#pauses.get(row));
    this.#pauses.delete(row);
  }

  /** The host has started: from now on something follows from failures, those before included. */
  open(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const row of early) {
      const live = this.parts.roster.find(row.name)?.live;
      const isCondemned = live?.row === row && this.#condemned.has(live.generation);
      if (row.state === 'failed' || isCondemned) this.#count(row);
    }
  }

  get isOpen(): boolean {
    return this.#early === undefined;
  }

  close(): void {
    this.#isClosed = true;
    for (const pause of this.#pauses.values()) clearTimeout(pause);
    this.#pauses.clear();
  }

  /** What no row has to show, since it is of a generation that is over. */
  #tell(plugin: string, generation: number, error: PluginError, details?: object): void {
    this.parts.log.failedLate(error, details);
    this.#announce(plugin, generation, error);
  }

  /** Who listens may write it down. */
  #announce(plugin: string, generation: number, fault: PluginError): void {
    const error = masked(fault, this.parts.secrets);
    this.parts.events.emit('plugin:failure', { plugin, phase: error.phase, error, generation });
  }

  #count(row: SupervisedPlugin): void {
    if (this.#early) {
      this.#early.push(row);
      return;
    }
    const member = this.parts.roster.find(row.name);
    if (this.#isClosed || member?.row !== row || !member.entry || this.#pauses.has(row)) return;
    const verdict = this.#policyOf(member).failed(performance.now());
    if (verdict.kind === 'quarantine') {
      void this.#quarantine(member, verdict.failures);
      return;
    }
    this.#restartAfter(verdict.afterMs, member, member.live?.generation);
  }

  #restartAfter(afterMs: number, member: Member, failed: Generation | undefined): void {
    const { row } = member;
    if (this.#isClosed) return;
    row.retryAfterMs = afterMs + 1_000;
    const pause = setTimeout(() => {
      this.#pauses.delete(row);
      void this.parts.restart(member, failed);
    }, afterMs);
    this.#pauses.set(row, pause.unref());
  }

  #chargeEarly(row: SupervisedPlugin): void {
    const early = this.#whileStarting.get(row);
    this.#whileStarting.delete(row);
    const member = this.parts.roster.find(row.name);
    const generation = member?.live?.generation;
    if (!early || !member || !generation || generation.number !== early.generation) return;
    // It was told when it happened.
    row.note(early.error);
    this.#condemn(generation, row);
  }

  #condemn(generation: Generation, row: SupervisedPlugin): void {
    if (this.#condemned.has(generation)) return;
    this.#condemned.add(generation);
    this.#count(row);
  }

  async #quarantine(member: Member, failures: number): Promise<void> {
    const { row, entry } = member;
    const { intensity = 0, periodMs = 0 } = entry?.settings.supervise ?? {};
    const last = row.failure;
    row.retryAfterMs = quarantineMs;
    row.on('quarantine');
    // Each failure was told; this is what follows from them.
    const error = tooManyFailures(row.name, { failures, intensity, periodMs, last });
    row.note(error);
    this.parts.log.failed(row, error);
    await this.parts.quarantine(member);
  }

  #policyOf({ row, entry }: Member): RestartPolicy {
    let policy = this.#policies.get(row);
    if (!policy && entry) this.#policies.set(row, (policy = new RestartPolicy(entry.settings.supervise)));
    return policy as RestartPolicy;
  }
}

/** Nothing comes back by itself: only the operator knows. */
const quarantineMs = 60_000;

function isOfStart({ phase }: PluginError): boolean {
  return phase === 'construct' || phase === 'start' || phase === 'mount';
}
