import type { Origin } from './escape.ts';

/** A call that would end or move the whole process. */
export type GuardedCall = 'exit' | 'abort' | 'chdir' | 'kill';

/** One copy of Plugboard in a process: what it says of an error that nobody caught, and of a call. */
export interface Participant {
  /** undefined: the error is of none of its plugins. */
  claim(origin: Origin, thrown: unknown): Claim | undefined;
  /** Throws where it is one of its plugins that calls. */
  guard(call: GuardedCall): void;
}

export interface Claim {
  /** How far inside the stack it was found: the least wins. */
  readonly depth: number;
  take(): void;
}

/** All copies of Plugboard in this process whose hosts run. */
export type Participants = ReadonlySet<Participant>;
