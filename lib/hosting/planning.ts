import type { DependencyGraph } from '../container/dependency-graph.ts';
import { notDecorable, notGranted } from '../errors/container-errors.ts';
import { dependencyNotRunning, reloadRefused } from '../errors/lifecycle-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { PluginDescription } from '../http/describe-plugin.ts';
import { isBuiltIn } from '../services/built-ins.ts';
import { HostControl } from '../services/host-control.ts';
import { bindAll, substituteAll, withinStart, type Binding } from './binding.ts';
import type { BoundEntry, Entry, PlannedEntry } from './entry.ts';
import { absentOnes, followersOf, graphOf, unmetRequirements, type Absent } from './plan-graph.ts';
import { rolledBack, type Result } from './rollback.ts';
import type { Roster } from './roster.ts';

/** What a change is to bring about. */
export interface Proposal {
  /** To be built, from new code or the same; those that run are replaced. */
  readonly staged: readonly Entry[];
  /** To be taken down, with whoever can't do without them. */
  readonly removed: ReadonlySet<string>;
  /** What is staged has failed, and is tried again. */
  readonly isRestart?: true | undefined;
}

/** Whether one plugin can be started, or why not. */
export type Verdict =
  | { readonly kind: 'ready'; readonly entry: PlannedEntry }
  | { readonly kind: 'fail' | 'wait'; readonly entry: BoundEntry | undefined; readonly error: PluginError };

export interface Plan {
  readonly graph: DependencyGraph;
  /** Of all that is to be built, those first that others depend on. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Running ones that are to be built anew only because of what they depend on. */
  readonly followers: ReadonlySet<string>;
}

export interface Planning extends Binding {
  readonly roster: Roster;
  /** Reads the routes of a plugin and reserves them. Throws where they are wrong, or another's. */
  claim(entry: BoundEntry): PluginDescription;
}

/**
 * Fills the containers of all that a change builds, and works out who needs whom. Whoever has a fault fails alone, and
 * whoever needs something of a plugin that is not there is to wait for it. Changes no row, and starts nothing.
 */
export async function planChange(proposal: Proposal, planning: Planning): Promise<Plan> {
  const { roster } = planning;
  const staged = [...proposal.staged, ...hopefulOnes(proposal, roster)];
  const changed = new Set([...staged.map(({ row }) => row.name), ...proposal.removed]);
  const kept = roster.lives.filter(({ row }) => !changed.has(row.name));
  const bound = await bindAll(staged, planning);
  // What runs comes first: a newcomer takes no export away from it.
  const exporters = exportersOf([...kept, ...bound.entries]);
  const built = substituteAll(bound.entries, exporters, planning);
  const present = [...kept, ...built];
  const absent = absentOnes(present, staged, roster);
  const graph = graphOf(present, absent, planning);
  const followers = followersOf(changed, kept, graph);
  const rebound = await bindAll(
    kept.filter(({ row }) => followers.has(row.name)),
    planning,
  );
  const rebuilt = substituteAll(rebound.entries, exporters, planning);
  const unmet = unmetRequirements(present, absent);
  const verdicts = new Map<string, Verdict>();
  for (const [name, error] of [...bound.faults, ...rebound.faults]) {
    verdicts.set(name, { kind: 'fail', entry: undefined, error });
  }
  for (const entry of [...built, ...rebuilt]) {
    const { name } = entry.row;
    const fault = unmet.get(name)?.[0] ?? graph.failures.get(name);
    verdicts.set(name, fault ? refuse(entry, fault, absent) : await judge(entry, planning));
  }
  const inOrder = ordered(verdicts, graph.order);
  holdBack(inOrder, { graph, running: roster.lives, removed: proposal.removed });
  return { graph, followers, verdicts: inOrder };
}

/** Nothing is built that would have to be given up, since somebody who stands on it can't be built anew. */
function holdBack(
  verdicts: Map<string, Verdict>,
  known: Pick<Result, 'graph' | 'running' | 'removed'>,
): void {
  const faults = [...verdicts].flatMap(([name, verdict]) =>
    verdict.kind === 'ready' ? [] : [[name, verdict.error] as const],
  );
  const started = new Set([...verdicts.keys()].filter((name) => verdicts.get(name)?.kind === 'ready'));
  const failed = faults.map(([name]) => name);
  const back = rolledBack({ ...known, started, failed });
  const [culprit, error] = faults.find(([name]) => back.has(name)) ?? [];
  for (const name of back) {
    const verdict = verdicts.get(name);
    if (verdict?.kind !== 'ready' || !culprit) continue;
    verdicts.set(name, { ...verdict, kind: 'fail', error: reloadRefused(name, culprit, error) });
  }
}

/** Those that wait for something, which may come with this change. */
function hopefulOnes({ staged, removed }: Proposal, { members }: Roster): readonly Entry[] {
  const names = new Set(staged.map(({ row }) => row.name));
  return members.flatMap(({ name, entry, isHopeful }) =>
    entry && isHopeful && !names.has(name) && !removed.has(name) ? entry : [],
  );
}

export function exportersOf(entries: readonly Entry[]): ReadonlyMap<unknown, string> {
  const exporters = new Map<unknown, string>();
  for (const { row, loaded } of entries) {
    for (const token of loaded.options.exports ?? []) {
      if (!exporters.has(token)) exporters.set(token, row.name);
    }
  }
  return exporters;
}

async function judge(entry: BoundEntry, { services, claim }: Planning): Promise<Verdict> {
  try {
    const routes = await withinStart(entry, () => {
      entry.container.check((token) => services.isRequestScoped(token));
      const [refused] = privilegeFaults(entry);
      if (refused) throw refused;
      return claim(entry);
    });
    return { kind: 'ready', entry: { ...entry, routes } };
  } catch (error) {
    return { kind: 'fail', entry, error: error as PluginError };
  }
}

/** NOT_GRANTED, NOT_DECORABLE */
export function* privilegeFaults({
  row,
  loaded,
  settings,
  container,
  substitutes,
}: BoundEntry): Generator<PluginError> {
  const { name } = row;
  for (const [token] of loaded.options.decorates ?? []) if (isBuiltIn(token)) yield notDecorable(name, token);
  const control = container.needs.find(
    (need) => need.token === HostControl && !need.optional && !substitutes.has(need),
  );
  if (control && !settings.grants.includes('control')) yield notGranted(name, HostControl, 'control');
}

/** What a plugin misses may be of one that can't be loaded, where it imports that one's contract. */
function refuse(entry: BoundEntry, error: PluginError, absent: readonly Absent[]): Verdict {
  const { row, loaded } = entry;
  const { code, path = [row.name] } = error;
  const owner = code === 'MISSING_IMPORT' ? unloadableOwner(loaded, absent) : undefined;
  if (!owner?.unloadable) return { kind: 'fail', entry, error };
  const reason = `failed: ${owner.unloadable.code}`;
  return { kind: 'wait', entry, error: dependencyNotRunning(row.name, [...path, owner.name], reason) };
}

/** Who can't be loaded, and would have what a plugin misses: the plugin imports its contract. */
export function unloadableOwner(
  { contractsOf }: Entry['loaded'],
  absent: readonly Absent[],
): Absent | undefined {
  return absent.find(({ name, unloadable }) => unloadable && contractsOf.includes(name));
}

function ordered(verdicts: ReadonlyMap<string, Verdict>, order: readonly string[]): Map<string, Verdict> {
  return new Map(
    order.flatMap((name) => {
      const verdict = verdicts.get(name);
      return verdict ? [[name, verdict] as const] : [];
    }),
  );
}
