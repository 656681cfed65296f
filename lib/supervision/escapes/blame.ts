import { PluginError } from '../../errors/plugin-error.ts';
import type { FoundBy } from './escape.ts';
import { scopeOfFile } from './known-scopes.ts';
import { mayBeOwnFile } from './plugin-code.ts';
import { currentScope, type PluginScope } from './plugin-scope.ts';
import { isNobodys, stackFiles } from './stack-files.ts';

export interface Culprit {
  readonly scope: PluginScope;
  readonly foundBy: FoundBy;
  /** How far inside the stack: the least is the innermost. */
  readonly depth: number;
}

/**
 * Whose error it is: of the plugin whose line is the innermost in its stack, else in those of its causes; else of the
 * plugin in whose context we are. undefined where it is the app's.
 */
export function findCulprit(thrown: unknown): Culprit | undefined {
  const here = currentScope();
  return byStack(thrown, here) ?? byContext(thrown, here);
}

/** The plugin that is calling: the innermost line decides that is of a plugin or of the app, packages only hand on. */
export function findCaller(): PluginScope | undefined {
  const here = currentScope();
  for (const file of stackFiles(traceHere())) {
    const scope = scopeOfFile(file, here);
    if (scope) return scope;
    if (!isNobodys(file)) return here && mayBeOwnFile(here.code, file) ? here : undefined;
  }
  return here;
}

function byStack(thrown: unknown, here: PluginScope | undefined): Culprit | undefined {
  let depth = 0;
  for (const error of withCauses(thrown)) {
    for (const file of stackFiles(error)) {
      const scope = scopeOfFile(file, here);
      if (scope) return { scope, foundBy: 'stack', depth };
      depth += 1;
    }
  }
  return undefined;
}

/** The context is not believed where the stack shows the app's own code, and none that may be the plugin's. */
function byContext(thrown: unknown, here: PluginScope | undefined): Culprit | undefined {
  if (!here) return undefined;
  const ofApp = stackFiles(thrown).filter((file) => !isNobodys(file));
  const isApps = ofApp.length > 0 && !ofApp.some((file) => mayBeOwnFile(here.code, file));
  return isApps ? undefined : { scope: here, foundBy: 'context', depth: Infinity };
}

function* withCauses(thrown: unknown): Iterable<unknown> {
  const seen = new Set<unknown>();
  for (let error = thrown; error instanceof Error && !seen.has(error); error = error.cause) {
    seen.add(error);
    yield error;
    // It tells the app of a plugin's fault: that the app does not catch it is the app's own.
    if (error instanceof PluginError) return;
  }
}

// Node's default of 10 lines is used up by a library or two.
function traceHere(): object {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const trace = {};
  Error.captureStackTrace(trace, findCaller);
  Error.stackTraceLimit = stackTraceLimit;
  return trace;
}
