import { findAgain } from '../discovery/path-source.ts';
import type { Source } from '../discovery/source.ts';
import { severalPlugins, unknownPlugin } from '../errors/host-errors.ts';
import { nearestName } from '../plugin/nearest-name.ts';
import type { PluginStatus } from '../plugin/status.ts';
import type { Class } from '../plugin/tokens.ts';
import type { Generation } from '../supervision/generation.ts';
import type { Admission } from './admission.ts';
import type { ChangeQueue } from './change-queue.ts';
import { applyChange } from './changing.ts';
import type { Entry } from './entry.ts';
import type { Candidate, Loader } from './loading.ts';
import type { Proposal } from './planning.ts';
import { retire } from './retiring.ts';
import type { Member, Roster } from './roster.ts';
import type { Workshop } from './workshop.ts';

export interface OperationParts {
  readonly roster: Roster;
  readonly loader: Loader;
  readonly admission: Admission;
  readonly queue: ChangeQueue;
  readonly workshop: Workshop;
  /** What failed before is of no account for what the operator has decided. */
  forgetFailures(member: Member): void;
}

/** What can be done with plugins while the host runs. None of it rejects for a broken plugin. */
export class Operations {
  constructor(
    readonly parts: OperationParts,
    /** The plugin that asks, if one does. */
    private readonly asking?: string,
  ) {}

  /**
   * The same for a plugin. Where a change replaces that plugin itself, it resolves as soon as the change is in force: the
   * plugin may ask from a request of its own, which the change lets finish first.
   */
  askedBy(plugin: string): Operations {
    return new Operations(this.parts, plugin);
  }

  /** @throws PluginError SEVERAL_PLUGINS */
  async load(plugin: string | Class): Promise<PluginStatus> {
    // Its name is not known before it is loaded.
    return this.parts.queue.running(async () => this.#load(plugin));
  }

  /** @throws PluginError UNKNOWN_PLUGIN */
  async unload(name: string): Promise<PluginStatus> {
    return this.parts.queue.forPlugin(name, async () => {
      const { row } = this.#member(name);
      // Nobody is to keep the routes of what is in quarantine.
      if (row.state === 'quarantined') row.on('stopped');
      await this.change({ staged: [], removed: new Set([name]) });
      if (row.state !== 'draining') row.on('stopped');
      return row.status();
    });
  }

  /** @throws PluginError UNKNOWN_PLUGIN */
  async reload(name: string): Promise<PluginStatus> {
    return this.parts.queue.forPlugin(name, async () => {
      const member = this.#member(name);
      const { source, row } = member;
      return this.bring(await this.parts.loader.load(await findAgain(source), row.nextNumber), member);
    });
  }

  /** @throws PluginError UNKNOWN_PLUGIN */
  async release(name: string): Promise<PluginStatus> {
    return this.parts.queue.forPlugin(name, async () => {
      const member = this.#member(name);
      if (member.row.state !== 'quarantined' || !member.entry) return member.row.status();
      this.parts.forgetFailures(member);
      member.row.on('release');
      await this.change({ staged: [member.entry], removed: new Set() });
      return member.row.status();
    });
  }

  /**
   * Builds a plugin anew from the code that it has, unless another generation than `failed` runs by then; gives whether one
   * runs, or nothing ran before.
   */
  async restart(member: Member, failed: Generation | undefined): Promise<boolean> {
    return this.parts.queue.forPlugin(member.name, async () => {
      const { entry, live, row } = member;
      const isStillDue = live ? live.generation === failed : row.state === 'failed';
      if (!entry || !isStillDue) return true;
      await this.change({ staged: [entry], removed: new Set() });
      return live === undefined || member.live !== live;
    });
  }

  /** Takes a quarantined plugin out of service, unless it has come back by then. */
  async quarantine({ name, row }: Member): Promise<void> {
    await this.parts.queue.forPlugin(name, async () => {
      if (row.state === 'quarantined') await this.change({ staged: [], removed: new Set([name]) });
    });
  }

  /** Takes a plugin out with its row, as if it had never been there. */
  async forget(member: Member): Promise<void> {
    const { queue, roster, forgetFailures } = this.parts;
    await queue.forPlugin(member.name, async () => {
      forgetFailures(member);
      // Nobody is to keep the routes of what is in quarantine.
      if (!member.live) member.row.on('stopped');
      if (roster.find(member.name) === member) {
        await this.change({ staged: [], removed: new Set([member.name]) });
      }
      roster.remove(member);
      // Those that wait for it learn that nobody offers any more what they need.
      await this.change({ staged: [], removed: new Set() });
    });
  }

  /** Puts a change in force, and waits until what it has replaced is gone. */
  async change(proposal: Proposal): Promise<void> {
    const { queue, workshop } = this.parts;
    const remains = await queue.exclusively(async () => applyChange(proposal, workshop));
    const retired = retire(remains, workshop.retiring);
    const isOfAsking = remains.generations.some(({ row }) => row.name === this.asking);
    if (isOfAsking) queue.inBackground(retired);
    else await retired;
  }

  /** Puts what was loaded in the place of `known`, or of whoever has its name. */
  async bring(candidate: Candidate, known: Member | undefined): Promise<PluginStatus> {
    const { admission, roster } = this.parts;
    if (candidate.kind === 'broken') return admission.refuse(candidate, known).row.status();
    const { name } = candidate.plugin.identity;
    const namesake = roster.find(name);
    // A new generation takes the place of whoever has its name, wherever that one came from.
    const member = namesake ?? (known?.entry ? undefined : known);
    if (member) this.parts.forgetFailures(member);
    const entry = member ? admission.admitAgain(candidate, member) : admission.admitNew(candidate);
    const renamed = known && known !== member && known.entry ? [known.name] : [];
    await this.change({ staged: entry ? [entry] : [], removed: new Set(renamed) });
    return this.#statusOf(entry, name);
  }

  async #load(plugin: string | Class): Promise<PluginStatus> {
    const { loader, queue } = this.parts;
    const sources = await loader.find([plugin]);
    const [source] = sources;
    if (!source || sources.length > 1)
      throw severalPlugins(
        String(plugin),
        sources.map(({ label }) => label),
      );
    const known = this.#from(source);
    const candidate = await loader.load(source, known?.row.nextNumber ?? 1);
    const name = candidate.kind === 'loaded' ? candidate.plugin.identity.name : candidate.label;
    return queue.forPlugin(name, async () => this.bring(candidate, known));
  }

  #statusOf(entry: Entry | undefined, name: string): PluginStatus {
    return entry ? entry.row.status() : this.#member(name).row.status();
  }

  #from(source: Source): Member | undefined {
    return this.parts.roster.members.find((member) => isSame(member.source, source));
  }

  #member(name: string): Member {
    const { roster } = this.parts;
    const member = roster.find(name);
    if (member) return member;
    const names = roster.members.map((other) => other.name);
    throw unknownPlugin(name, names, nearestName(name, names));
  }
}

function isSame(one: Source, other: Source): boolean {
  if (one.kind === 'class' || other.kind === 'class') return false;
  if (one.kind === 'broken' || other.kind === 'broken') return one.label === other.label;
  return (
    one.root === other.root && (one.kind !== 'file' || other.kind !== 'file' || one.entry === other.entry)
  );
}
