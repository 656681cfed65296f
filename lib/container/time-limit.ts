// Taken once: a test's fake timers must not stop the host's own clock.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/** Waits for `call` no longer than `limitMs`; after that it rejects, and what `call` comes to is ignored. */
export async function withinLimit<T>(
  limitMs: number,
  onTimeout: (limitMs: number) => Error,
  call: () => T | Promise<T>,
): Promise<T> {
  let timer: ReturnType<typeof startTimer> | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = startTimer(() => {
      reject(onTimeout(limitMs));
    }, limitMs);
  });
  try {
    return await Promise.race([call(), timeout]);
  } finally {
    stopTimer(timer);
  }
}
