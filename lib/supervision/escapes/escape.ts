import { mapErrorStack } from '../../discovery/source-maps.ts';
import { escapedError } from '../../errors/escape-errors.ts';
import type { PluginError } from '../../errors/plugin-error.ts';

/** As Node names it. */
export type Origin = 'uncaughtException' | 'unhandledRejection';

/** `stack`: a line of the plugin's is in it. `context`: something that the plugin has started was running, no more. */
export type FoundBy = 'stack' | 'context';

/** An error of a plugin that nobody caught, and that would have ended the process. */
export interface Escape {
  readonly plugin: string;
  readonly generation: number;
  /** Whether that generation was stopped before: a timer that it left behind, say. */
  readonly isLate: boolean;
  readonly origin: Origin;
  readonly foundBy: FoundBy;
  /** ESCAPED_ERROR; its cause is what was thrown, with the author's files in its stack. */
  readonly error: PluginError;
}

export type EscapeListener = (escape: Escape) => void;

export function describeEscape(thrown: unknown, known: Omit<Escape, 'error'>): Escape {
  mapErrorStack(thrown);
  return { ...known, error: escapedError(known, thrown) };
}
