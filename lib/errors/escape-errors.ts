import { describeThrown } from './lifecycle-errors.ts';
import { PluginError } from './plugin-error.ts';

/** How an error escaped, and how it was found out whose it is. */
export interface EscapeFacts {
  readonly plugin: string;
  /** Its generation was stopped before. */
  readonly isLate: boolean;
  readonly origin: 'uncaughtException' | 'unhandledRejection';
  readonly foundBy: 'stack' | 'context';
}

export function escapedError(facts: EscapeFacts, cause: unknown): PluginError {
  const { plugin, isLate, origin, foundBy } = facts;
  const how =
    origin === 'uncaughtException' ? 'threw an error that nobody caught' : 'left a rejected promise behind';
  const when = isLate ? ' after it was stopped' : '';
  const certainty =
    foundBy === 'stack'
      ? 'its own line is in the stack'
      : 'no line of it is in the stack, but it has started what failed';
  return new PluginError({
    code: 'ESCAPED_ERROR',
    plugin,
    phase: 'run',
    path: [plugin],
    message: `"${plugin}" ${how}${when}: ${describeThrown(cause)} (${certainty})`,
    fix: cause instanceof PluginError ? cause.fix : isLate ? late : fixes[origin],
    cause,
  });
}

const late = 'Clear timers, listeners and connections in onStop().';

const fixes: Readonly<Record<EscapeFacts['origin'], string>> = {
  uncaughtException:
    'Catch it in the callback of the timer or event; listen to "error" of every emitter: socket.on(\'error\', (error) => { … }).',
  unhandledRejection: 'Await the promise, or catch it where it is made: void work().catch((error) => { … }).',
};

/** A plugin that lets nobody else run. `where` has the stack. */
export function loopBlocked(plugin: string, blockedMs: number, where: Error): PluginError {
  return new PluginError({
    code: 'LOOP_BLOCKED',
    plugin,
    phase: 'run',
    path: [plugin],
    message: `"${plugin}" has kept the event loop busy for ${blockedMs} ms: no request is served, and no time limit is kept meanwhile.`,
    fix: 'Move the work into a worker thread, or let others run between its parts: await setImmediate() of node:timers/promises.',
    cause: where,
  });
}

/** A call that would end or move the whole process, from a plugin. */
export function forbiddenCall(plugin: string, call: 'exit' | 'abort' | 'chdir' | 'kill'): PluginError {
  const { does, fix } = calls[call];
  return new PluginError({
    code: 'FORBIDDEN_CALL',
    plugin,
    phase: 'run',
    path: [plugin],
    message: `"${plugin}" called process.${call}(), which ${does} for the app and all other plugins as well.`,
    fix,
  });
}

const endsAll = {
  does: 'would end the process',
  fix: 'Throw an error instead: in onStart() it keeps this plugin alone from running, in an action it answers 500.',
};

const calls = {
  exit: endsAll,
  abort: endsAll,
  kill: endsAll,
  chdir: {
    does: 'would change what relative paths mean',
    fix: "Use absolute paths: join(import.meta.dirname, 'data.json'); or give { cwd } to the child process.",
  },
} as const;
