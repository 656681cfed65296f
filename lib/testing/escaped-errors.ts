/** Errors that nobody caught, from now until `stop()`. */
export interface EscapeWatch {
  readonly errors: ReadonlySet<unknown>;
  stop(): void;
}

/** Watches for uncaught exceptions and unhandled rejections; what the process or the test runner does of them stays. */
export function watchEscapes(): EscapeWatch {
  const errors = new Set<unknown>();
  if (watching.size === 0) listen();
  watching.add(errors);
  return {
    errors,
    stop: () => {
      watching.delete(errors);
      if (watching.size === 0) stopListening();
    },
  };
}

const watching = new Set<Set<unknown>>();

function listen(): void {
  process.on('uncaughtExceptionMonitor', note);
  process.prependListener('unhandledRejection', onRejection);
}

function stopListening(): void {
  process.off('uncaughtExceptionMonitor', note);
  process.off('unhandledRejection', onRejection);
}

// A runner may pass one error on several times: it counts once.
function note(error: unknown): void {
  for (const errors of watching) errors.add(error);
}

function onRejection(reason: unknown): void {
  note(reason);
  // Node ends the process for a rejection that nobody listens to; that we listen must not change it.
  // oxlint-disable-next-line typescript/only-throw-error -- as it was thrown
  if (process.listenerCount('unhandledRejection') === 1) throw reason;
}
