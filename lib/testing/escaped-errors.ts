/** Errors that nobody caught, from now until `stop()`. */
export interface EscapeWatch {
  readonly errors: ReadonlySet<unknown>;
  stop(): void;
}

/**
 * Watches for uncaught exceptions and unhandled rejections; what the process or the test runner does of them stays. Those
 * of its plugins the host handles, and nobody but whoever monitors hears of them.
 * Of several watches, an error is for the one that `isOwn` to, and for all where nobody can tell.
 */
export function watchEscapes(isOwn: () => boolean): EscapeWatch {
  const watch = { errors: new Set<unknown>(), isOwn };
  if (watching.size === 0) listen();
  watching.add(watch);
  return {
    errors: watch.errors,
    stop: () => {
      watching.delete(watch);
      if (watching.size === 0) stopListening();
    },
  };
}

interface Watch {
  readonly errors: Set<unknown>;
  readonly isOwn: () => boolean;
}

const watching = new Set<Watch>();

function listen(): void {
  process.on('uncaughtExceptionMonitor', note);
  process.prependListener('unhandledRejection', onRejection);
}

function stopListening(): void {
  process.off('uncaughtExceptionMonitor', note);
  process.off('unhandledRejection', onRejection);
}

function note(error: unknown): void {
  const all = [...watching];
  // A runner may pass one error on several times: whose it is can be told the first time only.
  if (all.some(({ errors }) => errors.has(error))) return;
  const own = all.filter(({ isOwn }) => isOwn());
  for (const { errors } of own.length > 0 ? own : all) errors.add(error);
}

function onRejection(reason: unknown): void {
  note(reason);
  // Node ends the process for a rejection that nobody listens to; that we listen must not change it.
  // oxlint-disable-next-line typescript/only-throw-error -- as it was thrown
  if (process.listenerCount('unhandledRejection') === 1) throw reason;
}
