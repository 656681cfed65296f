import { keptError } from '../errors/kept-error.ts';
import { duplicateName } from '../errors/manifest-errors.ts';
import { effectiveSettings } from '../plugin/settings.ts';
import { SupervisedPlugin, type RowListener } from '../supervision/supervised-plugin.ts';
import type { Configuration } from './configuration.ts';
import { describeEntry, type Entry } from './entry.ts';
import type { Candidate } from './loading.ts';
import type { LogLevels } from './log-levels.ts';
import { Member, type Roster } from './roster.ts';

type Loaded = Extract<Candidate, { kind: 'loaded' }>;
type Broken = Extract<Candidate, { kind: 'broken' }>;

/** Gives plugins their rows, and decides which of them may go on. */
export class Admission {
  /** There is one plugin and no other, and the host is for that one. */
  #isAlone = false;

  constructor(
    private readonly roster: Roster,
    private readonly listener: RowListener,
    private readonly configuration: Configuration,
    /** Of whoever writes. */
    private readonly logLevels?: LogLevels,
  ) {}

  /** Each gets a row of its own: broken ones fail at once, and of two with one name the later. Gives those that go on. */
  admitAll(candidates: readonly Candidate[]): readonly Entry[] {
    this.#isAlone = this.configuration.options.standalone === true && candidates.length === 1;
    return candidates.flatMap((candidate) => {
      if (candidate.kind === 'broken') {
        this.refuse(candidate, undefined);
        return [];
      }
      return this.admitNew(candidate) ?? [];
    });
  }

  /** A plugin that nobody knows yet; undefined where it is disabled, or its name is taken. */
  admitNew(candidate: Loaded): Entry | undefined {
    const { plugin, source } = candidate;
    const { name } = plugin.identity;
    const first = this.roster.find(name)?.entry;
    const row = new SupervisedPlugin(plugin.identity, this.listener, this.configuration.secrets);
    const member = new Member(row, source);
    const entry = this.#enter(member, plugin);
    row.describe(describeEntry(entry));
    this.roster.add(member);
    if (first) {
      row.fail(duplicateName(name, first.loaded.origin, plugin.origin));
      return undefined;
    }
    member.entry = entry;
    if (entry.settings.enabled) return entry;
    row.disable();
    return undefined;
  }

  /** New code for a plugin that has a row; undefined where it is disabled, and was not released. */
  admitAgain({ plugin, source }: Loaded, member: Member): Entry | undefined {
    const { row } = member;
    member.source = source;
    // Its name may have been that of its folder until now.
    if (!member.entry) this.roster.rename(member, plugin.identity);
    const entry = this.#enter(member, plugin);
    if (entry.settings.enabled || member.isReleased) return entry;
    member.entry = entry;
    member.unloadable = undefined;
    row.describe(describeEntry(entry));
    row.disable();
    return undefined;
  }

  /** Nothing can be loaded: what runs goes on, what is disabled stays so, and whoever has no row yet gets one. */
  refuse({ label, source, error }: Broken, known: Member | undefined): Member {
    if (known) {
      if (known.live || known.row.state === 'disabled') known.row.refuse(error);
      else known.row.fail(error);
      if (!known.entry) known.unloadable = keptError(error);
      return known;
    }
    // Its own name is not known: the settings find it where its folder is called as it is.
    const { critical = this.#isAlone, enabled = true } = this.configuration.pluginNamed(label).settings;
    const identity = { name: label, version: '', description: '' };
    const row = new SupervisedPlugin(identity, this.listener, this.configuration.secrets);
    const member = new Member(row, source);
    member.unloadable = keptError(error);
    row.describe({ critical });
    this.roster.add(member);
    if (enabled) row.fail(error);
    else row.disable();
    return member;
  }

  #enter({ row }: Member, loaded: Loaded['plugin']): Entry {
    const configuration = this.configuration.pluginNamed(loaded.identity.name);
    const { prefix } = this.configuration.options;
    const settings = effectiveSettings(loaded.options, configuration.settings, prefix, this.#isAlone);
    this.logLevels?.configured(row, settings.logLevel);
    return { row, loaded, settings, configuration };
  }
}
