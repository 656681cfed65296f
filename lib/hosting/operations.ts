import { findAgain } from '../discovery/path-source.ts';
import { isNowhere, isSameSource, type Source } from '../discovery/source.ts';
import { severalPlugins } from '../errors/host-errors.ts';
import type { PluginStatus } from '../plugin/status.ts';
import type { Class } from '../plugin/tokens.ts';
import type { Generation } from '../supervision/generation.ts';
import type { Admission } from './admission.ts';
import type { ChangeQueue } from './change-queue.ts';
import { applyChange } from './changing.ts';
import type { ConfigChange, Configuration } from './configuration.ts';
import type { Entry } from './entry.ts';
import type { Candidate, LoadedPlugin, Loader } from './loading.ts';
import type { Proposal } from './planning.ts';
import { retire } from './retiring.ts';
import type { Member, Roster } from './roster.ts';
import { areExclusive } from './standing-aside.ts';
import type { Workshop } from './workshop.ts';

export interface OperationParts {
  readonly roster: Roster;
  readonly configuration: Configuration;
  readonly loader: Loader;
  readonly admission: Admission;
  readonly queue: ChangeQueue;
  readonly workshop: Workshop;
  /** What failed before is of no account for what the operator has decided. */
  forgetFailures(member: Member): void;
}

/** A change that is in force. */
export interface InForce {
  /** Resolves when what it has replaced is gone, as far as who has asked waits for that. Never rejects. */
  readonly retired?: Promise<void>;
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

  /** @throws PluginError SEVERAL_PLUGINS, CONFIG_FILE_BROKEN and the like */
  async load(plugin: string | Class): Promise<PluginStatus> {
    // Its name is not known before it is loaded.
    return this.parts.queue.running(async () => this.#load(plugin));
  }

  /** @throws PluginError UNKNOWN_PLUGIN */
  async unload(name: string): Promise<PluginStatus> {
    const { row } = await this.#inTurn(name, async () => {
      const member = this.parts.roster.named(name);
      const { row, entry } = member;
      // Nobody is to keep the routes of what is in quarantine.
      if (row.state === 'quarantined') row.on('stopped');
      const { retired } = await this.change(
        { staged: [], removed: new Set([name]) },
        entry && [entry.loaded],
      );
      if (row.state !== 'draining') row.on('stopped');
      return { row, retired };
    });
    return row.status();
  }

  /** @throws PluginError UNKNOWN_PLUGIN, CONFIG_FILE_BROKEN and the like */
  async reload(name: string): Promise<PluginStatus> {
    const { status } = await this.#inTurn(name, async () => {
      const member = this.parts.roster.named(name);
      const { source, row } = member;
      await this.parts.configuration.refresh();
      return this.bring(await this.parts.loader.load(await findAgain(source), row.nextNumber), member);
    });
    return status;
  }

  /**
   * Reads the configuration anew, and reloads the plugins of which it says something else than before. Gives what has changed.
   *
   * @throws PluginError CONFIG_FILE_BROKEN and the like
   */
  async followConfiguration(): Promise<ConfigChange> {
    const { configuration, roster } = this.parts;
    const change = await configuration.refresh();
    const running = change.plugins.filter((name) => {
      const state = roster.find(name)?.row.state;
      return state !== undefined && state !== 'stopped';
    });
    await Promise.all(running.map(async (name) => this.reload(name)));
    return change;
  }

  /** @throws PluginError UNKNOWN_PLUGIN */
  async release(name: string): Promise<PluginStatus> {
    const { status } = await this.#inTurn(name, async () => {
      const member = this.parts.roster.named(name);
      const { row, entry } = member;
      const isKeptOut = row.state === 'quarantined' || row.state === 'disabled';
      if (!isKeptOut || !entry) return { status: row.status() };
      member.isReleased = true;
      this.parts.forgetFailures(member);
      row.on('release');
      const { retired } = await this.change({ staged: [entry], removed: new Set() });
      return { status: row.status(), retired };
    });
    return status;
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
      await this.change({ staged: [entry], removed: new Set(), isRestart: true });
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
    const { name, row, entry } = member;
    await queue.forPlugin(name, async () => {
      forgetFailures(member);
      // Nobody is to keep the routes of what is in quarantine.
      if (row.state === 'quarantined' || (!member.live && row.state !== 'draining')) row.on('stopped');
      if (roster.find(name) === member) await this.change({ staged: [], removed: new Set([name]) });
      roster.remove(member);
      // Those that wait for it learn that nobody offers any more what they need.
      await this.change({ staged: [], removed: new Set() }, entry && [entry.loaded]);
    });
  }

  /**
   * Puts a change in force. What it has replaced goes by itself, and keeps no other change waiting; so does `unused` code,
   * if nobody runs it.
   */
  async change(proposal: Proposal, unused: readonly LoadedPlugin[] = []): Promise<InForce> {
    const { queue, workshop } = this.parts;
    const { departures } = workshop.retiring;
    const { staged, removed } = proposal;
    // What can't run twice waits here, where it is in nobody's way.
    await departures.gone((live) =>
      staged.some((entry) => entry.row === live.row && areExclusive(entry, live)),
    );
    return queue.exclusively(async () => {
      const remains = await applyChange(proposal, workshop);
      const code = new Set([...remains.code, ...unused]);
      const retired = retire({ ...remains, code }, workshop.retiring);
      queue.inBackground(retired);
      if (remains.generations.some(({ row }) => row.name === this.asking)) return {};
      const names = new Set([...staged.map(({ row }) => row.name), ...removed]);
      // What was replaced before it is to be gone as well.
      const earlier = departures.gone(({ row }) => names.has(row.name));
      return { retired: Promise.all([retired, earlier]).then(() => undefined) };
    });
  }

  /** Puts what was loaded in the place of `known`, or of whoever has its name. */
  async bring(
    candidate: Candidate,
    known: Member | undefined,
  ): Promise<InForce & { readonly status: PluginStatus }> {
    const { admission, roster } = this.parts;
    if (candidate.kind === 'broken') return { status: admission.refuse(candidate, known).row.status() };
    const { name } = candidate.plugin.identity;
    const namesake = roster.find(name);
    // A new generation takes the place of whoever has its name, wherever that one came from.
    const member = namesake ?? (known?.entry ? undefined : known);
    const before = member?.entry;
    if (member) this.parts.forgetFailures(member);
    const entry = member ? admission.admitAgain(candidate, member) : admission.admitNew(candidate);
    const renamed = known && known !== member && known.entry ? [known.name] : [];
    // What the configuration disables from now on.
    const leaving = !entry && member?.live ? [name] : [];
    const { retired } = await this.change(
      { staged: entry ? [entry] : [], removed: new Set([...renamed, ...leaving]) },
      before && [before.loaded],
    );
    if (leaving.length > 0) {
      await retired;
      member?.row.disable();
    }
    return { status: this.#statusOf(entry, name), retired };
  }

  async #load(plugin: string | Class): Promise<PluginStatus> {
    const { loader, configuration } = this.parts;
    await configuration.refresh();
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
    const { status } = await this.#inTurn(name, async () => this.bring(candidate, known));
    return status;
  }

  /** The next change of the plugin has its turn as soon as this one is in force; who has asked waits longer. */
  async #inTurn<T extends InForce>(name: string, task: () => Promise<T>): Promise<T> {
    const done = await this.parts.queue.forPlugin(name, task);
    await done.retired;
    return done;
  }

  #statusOf(entry: Entry | undefined, name: string): PluginStatus {
    return entry ? entry.row.status() : this.parts.roster.named(name).row.status();
  }

  #from(source: Source): Member | undefined {
    const { members } = this.parts.roster;
    return (
      members.find((member) => isSameSource(member.source, source)) ??
      members.find(
        (member) => member.source.label === source.label && [member.source, source].some(isNowhere),
      )
    );
  }
}
