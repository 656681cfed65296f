import { createHook } from 'node:async_hooks';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Timers that a plugin has started, from now until `stop()`. */
export interface TimerWatch {
  /** Where each was started that still runs and would keep the process alive. */
  running(): readonly string[];
  stop(): void;
}

export interface TimerOwner {
  /** In whose context we are: that of these plugins, of others, or of the test. */
  whose(): 'own' | 'others' | 'test';
  /** The plugins' classes: a test may call their methods itself, outside the context. */
  readonly classNames: ReadonlySet<string>;
}

/** Watches timers without touching them: real ones only, whichever way they are reached. */
export function watchTimers(owner: TimerOwner): TimerWatch {
  let started: StartedTimer[] = [];
  let room = 1_000;
  const hook = createHook({
    init: (_id, type, _trigger, resource) => {
      if (type !== 'Timeout' && type !== 'Immediate') return;
      const whose = owner.whose();
      if (whose === 'others') return;
      if (started.length >= room) {
        // A busy plugin starts many: those that are over are not kept.
        started = started.filter(isRunning);
        room = 2 * started.length + 1_000;
      }
      started.push({ whose, trace: traceHere(), resource: resource as StartedTimer['resource'] });
    },
  }).enable();
  return {
    running: () => started.filter(isRunning).flatMap((timer) => startedAt(timer, owner.classNames) ?? []),
    stop: () => {
      hook.disable();
    },
  };
}

interface StartedTimer {
  readonly whose: 'own' | 'test';
  /** Its `stack` is put into words only when it is read, which is slow. */
  readonly trace: { readonly stack?: string };
  readonly resource: NodeJS.Timeout & { readonly _destroyed?: boolean };
}

// Node's default of 10 lines is used up by a library or two.
function traceHere(): StartedTimer['trace'] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const trace = {};
  Error.captureStackTrace(trace, traceHere);
  Error.stackTraceLimit = stackTraceLimit;
  return trace;
}

function isRunning({ resource }: StartedTimer): boolean {
  return resource.hasRef() && resource._destroyed !== true;
}

/** The author's line; undefined for what Node, the host, a library by itself or the test have started. */
function startedAt({ whose, trace }: StartedTimer, classNames: ReadonlySet<string>): string | undefined {
  const lines = (trace.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
  // The first is the hook's own.
  const outside = lines.slice(1).filter((line) => !/node:|<anonymous>\)$/.test(line));
  const [innermost] = outside;
  if (innermost === undefined || isOwn(innermost)) return undefined;
  const authors = outside.filter((line) => !isOwn(line) && !/[\\/]node_modules[\\/]/.test(line));
  const isPlugins = whose === 'own' || authors.some((line) => classNames.has(classOf(line)));
  return isPlugins ? authors[0]?.trim() : undefined;
}

/** `at Poller.start (…)` and `at new Poller (…)` → `Poller` */
function classOf(line: string): string {
  return /at (?:async )?(?:new )?([\w$]+)[ .]/.exec(line)?.[1] ?? '';
}

function isOwn(line: string): boolean {
  return ownFolders.some((folder) => line.includes(folder));
}

const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
// Compiled, or as source maps tell it; as a path or as a URL.
const ownFolders = ['dist', 'lib']
  .map((name) => join(packageFolder, name) + sep)
  .flatMap((path) => [path, pathToFileURL(path).href]);
