import type { Source } from '../discovery/source.ts';
import { unknownPlugin } from '../errors/host-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { nearestName } from '../plugin/nearest-name.ts';
import type { PluginFailure, PluginIdentity } from '../plugin/status.ts';
import type { SupervisedPlugin } from '../supervision/supervised-plugin.ts';
import type { Entry, LiveEntry } from './entry.ts';

/** One plugin that a host knows: its row stays the same, whatever generation runs. */
export class Member {
  /** Where its code comes from, for the next reload. */
  source: Source;
  /** What it was last made of; undefined where nothing of it could be loaded yet. */
  entry: Entry | undefined;
  /** What runs. */
  live: LiveEntry | undefined;
  /** Why its code could not be loaded, where nothing of it ever could. */
  unloadable: PluginError | undefined;
  /** The operator has let it run, whatever the settings say. */
  isReleased = false;

  constructor(
    readonly row: SupervisedPlugin,
    source: Source,
  ) {
    this.source = source;
  }

  get name(): string {
    return this.row.name;
  }

  /** Waits for something that a change of other plugins may bring. */
  get isHopeful(): boolean {
    const { state, failure } = this.row;
    if (!this.entry) return false;
    return state === 'waiting' || (state === 'failed' && isOfOthers(failure));
  }
}

function isOfOthers(failure: PluginFailure | undefined): boolean {
  return failure?.phase === 'plan' || failure?.code.startsWith('REQUIREMENT_') === true;
}

/** All plugins of a host, in the order in which they came. */
export class Roster {
  readonly #members: Member[] = [];
  readonly #byName = new Map<string, readonly Member[]>();

  get members(): readonly Member[] {
    return this.#members;
  }

  /** What runs. */
  get lives(): readonly LiveEntry[] {
    return this.#members.flatMap(({ live }) => live ?? []);
  }

  /** Of several rows with one name, which only one of them can use, that one. */
  find(name: string): Member | undefined {
    const named = this.#byName.get(name);
    return named?.find(({ entry }) => entry) ?? named?.[0];
  }

  /** @throws PluginError UNKNOWN_PLUGIN */
  named(name: string): Member {
    const member = this.find(name);
    if (member) return member;
    const names = this.#members.map((other) => other.name);
    throw unknownPlugin(name, names, nearestName(name, names));
  }

  live(name: string): LiveEntry | undefined {
    return this.find(name)?.live;
  }

  add(member: Member): void {
    this.#members.push(member);
    this.#index(member);
  }

  remove(member: Member): void {
    this.#members.splice(this.#members.indexOf(member), 1);
    this.#unindex(member);
  }

  rename(member: Member, identity: PluginIdentity): void {
    this.#unindex(member);
    member.row.describe({ identity });
    this.#index(member);
  }

  #index(member: Member): void {
    this.#byName.set(member.name, [...(this.#byName.get(member.name) ?? []), member]);
  }

  #unindex(member: Member): void {
    const others = this.#byName.get(member.name)?.filter((other) => other !== member) ?? [];
    if (others.length > 0) this.#byName.set(member.name, others);
    else this.#byName.delete(member.name);
  }
}
