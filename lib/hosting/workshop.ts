import type { LiveEntry } from './entry.ts';
import type { LoadedPlugin } from './loading.ts';
import type { Planning } from './planning.ts';
import type { Roster } from './roster.ts';
import type { Serving } from './serving.ts';
import type { Surroundings } from './starting.ts';

/** What a change works on. */
export interface Workshop {
  readonly roster: Roster;
  readonly serving: Serving;
  readonly planning: Planning;
  readonly surroundings: Omit<Surroundings, 'roster' | 'onStarted'>;
}

/** What a change leaves behind, to be drained, stopped and forgotten. */
export interface Remains {
  /** Those that do not serve any more, dependants first. */
  readonly generations: readonly LiveEntry[];
  /** Code that may not be needed any more. */
  readonly code: ReadonlySet<LoadedPlugin>;
}
