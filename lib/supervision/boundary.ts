import { withinLimit } from '../container/time-limit.ts';
import { mapErrorStack } from '../discovery/source-maps.ts';
import type { Phase } from '../errors/plugin-error.ts';
import { PluginError } from '../errors/plugin-error.ts';
import { unexpectedFault } from '../errors/lifecycle-errors.ts';
import type { PluginScope } from './escapes/plugin-scope.ts';

/** One call from the host into a plugin. */
export interface Boundary {
  readonly plugin: string;
  readonly phase: Phase;
  /** Where the plugin's own code is called: what it starts is then known to be its. */
  readonly scope?: PluginScope | undefined;
  /** In ms; without it the call may take for ever. */
  readonly limitMs?: number | undefined;
  /** The error for a call that does not end in time. */
  readonly onTimeout?: (limitMs: number) => PluginError;
  /** The error for what was thrown. Default: UNEXPECTED. */
  onThrow?(thrown: unknown): PluginError;
}

/**
 * The one way in which the host calls a plugin outside of requests: whatever comes out of it is a value or a
 * `PluginError`, within the time limit.
 */
export async function insideBoundary<T>(boundary: Boundary, call: () => T | Promise<T>): Promise<T> {
  try {
    return await callWithin(boundary, call);
  } catch (thrown) {
    mapErrorStack(thrown);
    throw toPluginError(boundary, thrown);
  }
}

function toPluginError({ plugin, phase, onThrow }: Boundary, thrown: unknown): PluginError {
  if (thrown instanceof PluginError) return thrown;
  return onThrow?.(thrown) ?? unexpectedFault(plugin, phase, thrown);
}

async function callWithin<T>(boundary: Boundary, call: () => T | Promise<T>): Promise<T> {
  const { scope, limitMs, onTimeout } = boundary;
  const enter = scope ? (): T | Promise<T> => scope.run(call) : call;
  return limitMs === undefined || !onTimeout ? enter() : withinLimit(limitMs, onTimeout, enter);
}
