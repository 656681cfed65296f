import { reloadRefused } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { PluginDescription } from '../http/describe-plugin.ts';
import type { SupervisedPlugin } from '../supervision/supervised-plugin.ts';
import { describeEntry, type Entry, type LiveEntry } from './entry.ts';
import type { LoadedPlugin } from './loading.ts';
import { planChange, type Plan, type Proposal } from './planning.ts';
import { dependantsFirst, type Remains } from './retiring.ts';
import { rolledBack } from './rollback.ts';
import type { Member } from './roster.ts';
import type { Serving } from './serving.ts';
import { standAside, type Aside } from './standing-aside.ts';
import { startPlanned, type Fault, type Outcome } from './starting.ts';
import type { Workshop } from './workshop.ts';

/**
 * Plans a change, builds what it needs beside what runs, and puts it in force in one step. Nobody who runs stops running
 * because of it, but for those that it removes and those that can't do without them: where a running plugin can't be
 * built anew, what it stands on stays as it is. Never rejects; what failed is in the rows.
 */
export async function applyChange(proposal: Proposal, workshop: Workshop): Promise<Remains> {
  const { roster, serving, planning, surroundings } = workshop;
  // What is about to be free may be had.
  for (const name of proposal.removed) if (!keepsRoutes(roster.find(name))) serving.release(name);
  const plan = await planChange(proposal, planning);
  const aside = await standAside(plan, workshop);
  const change = new Change(proposal, plan, aside, workshop);
  const onStarted = change.installIfNew.bind(change);
  const outcome = await startPlanned(plan, proposal.removed, { ...surroundings, roster, onStarted });
  const { toRestore, remains } = change.settle(outcome);
  if (toRestore.size > 0) {
    // What can't run twice can't come back beside what was to take its place.
    for (const { row, generation } of remains.generations) {
      if (aside.formers.has(row.name)) await generation.stop();
    }
    const more = await restore(toRestore, workshop);
    aside.release();
    return {
      generations: [...remains.generations, ...more.generations],
      stopped: [...remains.stopped, ...more.stopped],
      code: new Set([...remains.code, ...more.code]),
    };
  }
  aside.release();
  return remains;
}

/** Those that had to stop first, and whose place nobody could take, are built again from what they were. */
async function restore(toRestore: Restorable, workshop: Workshop): Promise<Remains> {
  const remains = await applyChange({ staged: [...toRestore.keys()], removed: new Set() }, workshop);
  for (const [{ row }, error] of toRestore) if (error && row.state === 'running') row.refuse(error);
  return remains;
}

/** What ran, with what its row is to show of why nothing has taken its place. */
type Restorable = ReadonlyMap<LiveEntry, PluginError | undefined>;

/** What was decided. */
interface Settlement {
  readonly toRestore: Restorable;
  readonly remains: Remains;
}

class Change {
  #retired: LiveEntry[] = [];
  #code = new Set<LoadedPlugin>();
  #toRestore = new Map<LiveEntry, PluginError | undefined>();

  constructor(
    private readonly proposal: Proposal,
    private readonly plan: Plan,
    private readonly aside: Aside,
    private readonly workshop: Workshop,
  ) {}

  /** Whoever takes nobody's place serves as soon as it can, if all that it stands on does. */
  installIfNew(live: LiveEntry): void {
    const { roster } = this.workshop;
    const { name } = live.row;
    const stands = [...live.foundations].every(
      ([foundation, generation]) => roster.live(foundation)?.generation === generation,
    );
    if (stands && !roster.live(name) && !this.aside.formers.has(name)) this.#install(live);
  }

  /** The one step: from here on everyone sees what the change has made. */
  settle(outcome: Outcome): Settlement {
    const { roster } = this.workshop;
    const { removed } = this.proposal;
    const back = this.#rolledBack(outcome);
    for (const name of new Set([...this.plan.verdicts.keys(), ...removed])) {
      const member = roster.find(name);
      const started = outcome.started.get(name);
      const fault = outcome.faults.get(name);
      if (!member) continue;
      if (removed.has(name)) this.#takeDown(member);
      else if (back.has(name)) this.#keep(member, outcome, back);
      else if (started) this.#install(started);
      else if (fault) this.#fail(member, fault);
      // It was planned anew, and nothing has changed for it after all.
      else member.row.catchUp();
    }
    const stopped = [...this.aside.formers.values()];
    const remains = { generations: dependantsFirst(this.#retired), stopped, code: this.#code };
    const settlement = { toRestore: this.#toRestore, remains };
    // This is in the stacks of all that the new generations have opened, and would keep the old ones in memory with them.
    this.#retired = [];
    this.#code = new Set();
    this.#toRestore = new Map();
    return settlement;
  }

  #rolledBack({ started, faults }: Outcome): ReadonlySet<string> {
    return rolledBack({
      graph: this.plan.graph,
      running: [...this.workshop.roster.lives, ...this.aside.formers.values()],
      started: new Set(started.keys()),
      failed: [...this.plan.verdicts.keys()].filter((name) => faults.has(name)),
      removed: this.proposal.removed,
    });
  }

  #install(live: LiveEntry): void {
    const { roster, serving, extensions } = this.workshop;
    const { row } = live;
    const member = roster.find(row.name);
    if (!member || member.live === live) return;
    if (member.live) this.#retired.push(member.live);
    member.live = live;
    this.#remember(member, live);
    serving.put(live);
    row.describe(describeEntry(live));
    row.started(live.generation.number, live.startedAt, live.startMs, this.#isRestart(row));
    extensions.put(live);
  }

  #isRestart(row: SupervisedPlugin): boolean {
    const { isRestart = false, staged } = this.proposal;
    return isRestart && staged.some((entry) => entry.row === row);
  }

  /** What runs goes on; what had to stop before is to be built again. */
  #keep(member: Member, outcome: Outcome, back: ReadonlySet<string>): void {
    const { name, row } = member;
    const started = outcome.started.get(name);
    if (started) this.#giveUp(member, started);
    const staged = this.proposal.staged.find((one) => one.row === row);
    // It is not to be tried again.
    if (staged) this.#code.add(staged.loaded);
    const { live } = member;
    if (live) this.#reclaim(live.routes);
    const former = this.aside.formers.get(name);
    const error = this.#refusalOf(name, outcome, back);
    const isFollower = this.plan.followers.has(name);
    // Who was built only because of another has no fault of its own, unless it is the one that failed.
    const isToKnow = !isFollower || outcome.faults.get(name)?.kind === 'fail';
    if (former) this.#toRestore.set(former, isToKnow ? error : undefined);
    else if (!live) row.wait(error);
    else if (isToKnow && isFollower) row.fallBehind(error);
    else if (isToKnow) row.refuse(error);
  }

  /** Its own fault, or that of the first for whom it was given up. */
  #refusalOf(name: string, { faults }: Outcome, back: ReadonlySet<string>): PluginError {
    const own = faults.get(name)?.error;
    const [culprit = name, fault] =
      [...faults].find(([one, { kind }]) => kind === 'fail' && back.has(one)) ?? [];
    return own ?? reloadRefused(name, culprit, fault?.error);
  }

  #giveUp(member: Member, started: LiveEntry): void {
    const { serving } = this.workshop;
    this.#retired.push(started);
    this.#code.add(started.loaded);
    if (member.live !== started) return;
    // It has served already, and what it was built on is given up.
    this.workshop.extensions.takeAway(member.name);
    member.live = undefined;
    member.row.on('drain');
    serving.release(member.name);
    serving.takeAway(member.name);
  }

  #reclaim(routes: PluginDescription): void {
    try {
      this.workshop.serving.claim(routes);
    } catch {
      // Another plugin of this change has got one of its routes meanwhile: both serve what they have.
    }
  }

  #fail(member: Member, { kind, error }: Fault): void {
    const { serving } = this.workshop;
    const { row, name, live } = member;
    const verdict = this.plan.verdicts.get(name);
    const staged = this.proposal.staged.find((one) => one.row === row);
    // Who has waited before, and still waits for the same, is no news.
    if (!staged && row.failure?.message === error.message) return;
    const entry = verdict?.entry ?? staged ?? member.entry;
    if (live) this.#retire(member, live);
    if (entry) {
      this.#remember(member, entry);
      row.describe(describeEntry(entry));
    }
    row.on('release');
    if (kind === 'wait') row.wait(error);
    else row.fail(error);
    // The routes of whoever is planned well are kept for it.
    if (verdict?.kind !== 'ready') serving.release(name);
    serving.putUnavailable(row, entry && describeOrNothing(entry, serving));
  }

  #takeDown(member: Member): void {
    const { serving } = this.workshop;
    const { row, name, entry, live } = member;
    if (live) this.#retire(member, live);
    else if (!keepsRoutes(member)) row.on('stopped');
    if (keepsRoutes(member)) serving.putUnavailable(row, entry && describeOrNothing(entry, serving));
    else {
      serving.release(name);
      serving.takeAway(name);
    }
  }

  #retire(member: Member, live: LiveEntry): void {
    this.workshop.extensions.takeAway(member.name);
    member.live = undefined;
    member.row.on('drain');
    this.#retired.push(live);
  }

  #remember(member: Member, { row, loaded, settings, configuration }: Entry): void {
    if (member.entry) this.#code.add(member.entry.loaded);
    member.entry = { row, loaded, settings, configuration };
    member.unloadable = undefined;
  }
}

/** It may be let out of quarantine: nobody else is to have its routes meanwhile. */
function keepsRoutes(member: Member | undefined): boolean {
  return member?.row.state === 'quarantined';
}

function describeOrNothing(entry: Entry, serving: Serving): PluginDescription | undefined {
  try {
    return serving.describe(entry);
  } catch {
    return undefined;
  }
}
