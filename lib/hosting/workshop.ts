import type { ExtensionBoard } from './extension-board.ts';
import type { Planning } from './planning.ts';
import type { RetiringParts } from './retiring.ts';
import type { Roster } from './roster.ts';
import type { Serving } from './serving.ts';
import type { Surroundings } from './starting.ts';

/** What a change works on. */
export interface Workshop {
  readonly roster: Roster;
  readonly serving: Serving;
  readonly retiring: RetiringParts;
  readonly extensions: ExtensionBoard;
  readonly planning: Planning;
  readonly surroundings: Omit<Surroundings, 'roster' | 'onStarted'>;
}
