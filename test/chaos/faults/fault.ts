import type { PluginState } from 'plugboard';
import type { When } from '../../fixtures/chaos/script.ts';
import type { Arena } from '../arena.ts';

/** What a user sees of a plugin that breaks. */
export interface Seen {
  /** The state that it is in before it is unloaded; of a plugin that breaks while it is stopped: after. */
  readonly ends: PluginState;
  /** The code of the failure that is told. */
  readonly failure?: string;
  /** The answer to the request that brings it about; 0 where there is none, or only a part of one. */
  readonly answer?: number;
  /** A new generation has taken its place by itself. */
  readonly isRestarted?: true;
}

/** One fault at one time. */
export interface Trial {
  readonly expected: Seen;
  readonly run: (arena: Arena, expected: Seen) => Promise<Seen>;
}

/** Why a fault can't be at a time. */
export type Senseless = string;

/** A way to break. */
export interface Fault {
  readonly title: string;
  readonly at: Readonly<Record<When, Trial | Senseless>>;
}
