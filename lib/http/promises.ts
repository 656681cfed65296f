/** Whether a value is to be awaited: an object with `then`, as routing-controllers has it. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Goes on with a value at once where it is there, else when it has come. */
export function whenReady<T, R>(
  value: T | PromiseLike<T>,
  proceed: (value: T) => R,
): R | PromiseLike<Awaited<R>> {
  if (!isPromiseLike(value)) return proceed(value);
  return value.then(proceed) as PromiseLike<Awaited<R>>;
}
