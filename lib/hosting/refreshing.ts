import { existsSync } from 'node:fs';
import { isSameSource, type Source, sourcePath } from '../discovery/source.ts';
import { duplicateName } from '../errors/manifest-errors.ts';
import type { Entry } from './entry.ts';
import type { Candidate } from './loading.ts';
import type { Operations } from './operations.ts';
import type { Member } from './roster.ts';

/** Makes of the host's plugins what a start would make of their files as they are now. */
export class Refreshing {
  readonly #arriving = new Set<Promise<void>>();

  constructor(
    private readonly operations: Operations,
    /** Told of a plugin that was taken out, and why. */
    private readonly left: (plugin: string, why: string) => void,
  ) {}

  /** Loads the plugin at a path, loads it anew, or takes it out where nothing is there any more. */
  async refresh(path: string): Promise<void> {
    const source = await this.operations.parts.loader.findAt(path);
    if (!source) {
      await this.#leave(path);
      return;
    }
    const arriving = this.#arrive(source);
    this.#arriving.add(arriving);
    try {
      await arriving;
    } finally {
      this.#arriving.delete(arriving);
    }
  }

  async #arrive(source: Source): Promise<void> {
    const { loader, queue } = this.operations.parts;
    const known = this.#from(source);
    if (!known) {
      const candidate = await loader.load(source, 1);
      await queue.forPlugin(nameOf(candidate), async () => this.#bring(candidate, undefined));
      return;
    }
    const { name } = known;
    await queue.forPlugin(name, async () => {
      if (await this.#isPutAside(known)) return;
      await this.#bring(await loader.load(source, known.row.nextNumber), known);
    });
    const heir = this.operations.parts.roster.members.find(
      (member) => member !== known && isSameSource(member.source, source),
    );
    // It has taken another name.
    if (heir && !known.live) await this.#forget(known, `it is called ${heir.name} now`);
  }

  /** What the operator has taken out, or never let in, stays out. */
  async #isPutAside({ row }: Member): Promise<boolean> {
    // Or it stands aside in a change of another plugin, and comes back in that.
    if (row.state === 'draining') await this.operations.parts.queue.exclusively(async () => undefined);
    return row.state === 'stopped' || row.state === 'disabled' || row.state === 'draining';
  }

  async #bring(candidate: Candidate, known: Member | undefined): Promise<void> {
    const { operations } = this;
    const holder = candidate.kind === 'loaded' ? this.#holderOf(nameOf(candidate), known) : undefined;
    if (candidate.kind === 'broken' || !holder) {
      await operations.bring(candidate, known);
      return;
    }
    const { plugin } = candidate;
    const error = duplicateName(plugin.identity.name, holder.loaded.origin, plugin.origin);
    if (!known) operations.parts.admission.admitNew(candidate);
    else if (known.live) known.row.refuse(error);
    else known.row.fail(error);
    plugin.dispose();
  }

  /** Who else has the name and is still there: of two, the one that came first keeps it. */
  #holderOf(name: string, known: Member | undefined): Entry | undefined {
    const holder = this.operations.parts.roster.find(name);
    if (!holder?.entry || holder === known) return undefined;
    const path = sourcePath(holder.source);
    return path === undefined || existsSync(path) ? holder.entry : undefined;
  }

  async #leave(path: string): Promise<void> {
    // A folder that was moved has come elsewhere, and its plugin goes on from there.
    await Promise.allSettled(this.#arriving);
    const members = this.operations.parts.roster.members.filter(({ source }) => sourcePath(source) === path);
    for (const member of members) await this.#forget(member, `${path} is gone`);
  }

  async #forget(member: Member, why: string): Promise<void> {
    const { roster, loader } = this.operations.parts;
    await this.operations.forget(member);
    this.left(member.name, why);
    // Its name is free for whoever else has it.
    const next = roster.members.find(({ name, entry }) => name === member.name && !entry);
    const path = next && sourcePath(next.source);
    const source = path === undefined ? undefined : await loader.findAt(path);
    if (source) await this.#arrive(source);
  }

  #from(source: Source): Member | undefined {
    const members = this.operations.parts.roster.members.filter((member) =>
      isSameSource(member.source, source),
    );
    return members.find(({ live }) => live) ?? members[0];
  }
}

function nameOf(candidate: Candidate): string {
  return candidate.kind === 'loaded' ? candidate.plugin.identity.name : candidate.label;
}
