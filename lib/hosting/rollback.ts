import type { DependencyGraph } from '../container/dependency-graph.ts';
import type { LiveEntry } from './entry.ts';

/** What is known of a change so far. */
export interface Result {
  readonly graph: DependencyGraph;
  readonly running: readonly LiveEntry[];
  /** Those that have started, or will, to run for the first time or in the place of what runs. */
  readonly started: ReadonlySet<string>;
  readonly failed: readonly string[];
}

/**
 * Which plugins must stay as they are, so that nobody who runs stops running because of the change: those that run and
 * could not be built anew; what they stand on; and whoever was built on a new generation that is given up for that.
 */
export function rolledBack({ graph, running, started, failed }: Result): ReadonlySet<string> {
  const foundations = new Map(running.map((live) => [live.row.name, [...live.foundations.keys()]]));
  const back = new Set(failed.filter((name) => foundations.has(name)));
  // A set's iteration goes on with what is added meanwhile.
  for (const name of back) {
    for (const foundation of foundations.get(name) ?? []) if (started.has(foundation)) back.add(foundation);
    for (const other of started) {
      if (graph.dependencies.get(other)?.some(({ on }) => on === name)) back.add(other);
    }
  }
  return back;
}
