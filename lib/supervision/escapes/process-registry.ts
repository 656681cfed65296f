import { syncBuiltinESMExports } from 'node:module';
import type { Interposition } from './interposition.ts';
import type { Participant } from './participant.ts';
import { interposeEvents } from './process-events.ts';
import { interposeGuards } from './process-guards.ts';

/** Takes part in what the process does of errors and calls. The first that joins puts our functions in their places. */
export function join(participant: Participant): void {
  const { participants, interpositions } = sharedRegistry();
  participants.add(participant);
  for (const interposition of interpositions) interposition.place();
  syncBuiltinESMExports();
}

/** The last that leaves takes them away. */
export function leave(participant: Participant): void {
  const { participants, interpositions } = sharedRegistry();
  participants.delete(participant);
  if (participants.size > 0) return;
  for (const interposition of interpositions) interposition.remove();
  syncBuiltinESMExports();
}

/** What all copies of Plugboard in a process share; where its shape changes, its key does. */
interface Registry {
  readonly participants: Set<Participant>;
  readonly interpositions: readonly Interposition[];
}

function sharedRegistry(): Registry {
  const holder = process as unknown as Record<symbol, Registry | undefined>;
  return (holder[key] ??= createRegistry());
}

const key = Symbol.for('plugboard.process@1');

function createRegistry(): Registry {
  const participants = new Set<Participant>();
  return { participants, interpositions: [interposeEvents(participants), ...interposeGuards(participants)] };
}
