import type { WaitingRoutes } from '../http/unavailable-routes.ts';
import type { Entry, LiveEntry } from './entry.ts';
import { endGeneration, letFinish } from './retiring.ts';
import type { Plan } from './planning.ts';
import type { Workshop } from './workshop.ts';

/** Those that had to stop before anything could take their place. */
export interface Aside {
  readonly formers: ReadonlyMap<string, LiveEntry>;
  /** Lets the requests go on that have come meanwhile, and forgets who was there. */
  release(): void;
}

/**
 * Stops what can't run twice (`reload: 'exclusive'`) and is about to be replaced, with those that stand on it, dependants
 * first. From here on their requests wait.
 */
export async function standAside(
  plan: Plan,
  { roster, serving, extensions, retiring }: Workshop,
): Promise<Aside> {
  const leaving = leavingOnes(plan, (name) => roster.live(name));
  const held: WaitingRoutes[] = [];
  for (const live of leaving) {
    const member = roster.find(live.row.name);
    if (!member) continue;
    held.push(serving.hold(member.name, live.routes));
    extensions.takeAway(member.name);
    member.live = undefined;
    member.row.on('drain');
  }
  await Promise.all([
    letFinish(leaving, retiring),
    // Those of changes before.
    retiring.departures.gone((live) => {
      const verdict = plan.verdicts.get(live.row.name);
      return verdict?.kind === 'ready' && areExclusive(live, verdict.entry);
    }),
  ]);
  for (const live of leaving) {
    retiring.onStopFaults(live, await endGeneration(live.generation, retiring));
  }
  const formers = new Map(leaving.map((live) => [live.row.name, live]));
  return {
    formers,
    release: () => {
      for (const waiting of held) waiting.release();
      formers.clear();
    },
  };
}

/** Dependants first. */
function leavingOnes(
  { graph, verdicts }: Plan,
  liveOf: (name: string) => LiveEntry | undefined,
): readonly LiveEntry[] {
  const leaving = new Set<string>();
  // A plan names those first that others depend on.
  for (const [name, verdict] of verdicts) {
    const live = liveOf(name);
    if (!live || verdict.kind !== 'ready') continue;
    const isExclusive = areExclusive(live, verdict.entry);
    const stands = (graph.dependencies.get(name) ?? []).some(({ on }) => leaving.has(on));
    if (isExclusive || stands) leaving.add(name);
  }
  return [...leaving].toReversed().flatMap((name) => liveOf(name) ?? []);
}

/** Whether two generations of one plugin can't run side by side. */
export function areExclusive(...generations: readonly Entry[]): boolean {
  return generations.some(({ loaded }) => loaded.options.reload === 'exclusive');
}
