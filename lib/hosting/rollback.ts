import type { DependencyGraph } from '../container/dependency-graph.ts';
import type { LiveEntry } from './entry.ts';

/** What is known of a change so far. */
export interface Result {
  readonly graph: DependencyGraph;
  readonly running: readonly LiveEntry[];
  /** Those that have started, or will, to run for the first time or in the place of what runs. */
  readonly started: ReadonlySet<string>;
  /** Those first that others depend on. */
  readonly failed: readonly string[];
  /** What is taken down, whatever comes of it. */
  readonly removed: ReadonlySet<string>;
}

/**
 * Which plugins must stay as they are, so that nobody who runs stops running because of the change: those that run and
 * could not be built anew; what they stand on; and whoever was built on a new generation that is given up for that.
 */
export function rolledBack({ graph, running, started, failed, removed }: Result): ReadonlySet<string> {
  const foundations = new Map(running.map((live) => [live.row.name, [...live.foundations.keys()]]));
  // Who stands on what is taken down goes down with it, if it can't be built without.
  const gone = new Set(removed);
  for (const name of failed) if (foundations.get(name)?.some((one) => gone.has(one))) gone.add(name);
  const back = new Set(failed.filter((name) => foundations.has(name) && !gone.has(name)));
  // A set's iteration goes on with what is added meanwhile.
  for (const name of back) {
    for (const foundation of foundations.get(name) ?? []) if (started.has(foundation)) back.add(foundation);
    for (const other of started) {
      if (graph.dependencies.get(other)?.some(({ on }) => on === name)) back.add(other);
    }
  }
  return back;
}
