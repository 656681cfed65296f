import { describeThrown } from './lifecycle-errors.ts';
import { PluginError } from './plugin-error.ts';

/**
 * A fault to be kept for long. What a plugin has thrown may be of a class of its own and refer to anything, and would keep
 * its whole generation from being collected: in its place is a copy, which says the same.
 */
export function keptError(error: PluginError, seen: readonly unknown[] = []): PluginError {
  if (!isObject(error.cause)) return error;
  const { code, message, fix, plugin, phase, path, stack } = error;
  const cause = copyOf(error.cause, [...seen, error]);
  return withStack(new PluginError({ code, message, fix, plugin, phase, path, cause }), stack);
}

function copyOf(thrown: unknown, seen: readonly unknown[]): unknown {
  if (!isObject(thrown)) return thrown;
  if (seen.includes(thrown)) return undefined;
  if (thrown instanceof PluginError) return keptError(thrown, seen);
  return thrown instanceof Error ? copyOfError(thrown, [...seen, thrown]) : describeThrown(thrown);
}

function copyOfError(thrown: Error, seen: readonly unknown[]): Error {
  const { name, message, stack } = thrown;
  const cause = copyOf(thrown.cause, seen);
  const options = cause === undefined ? undefined : { cause };
  const Type = builtIn.find((type) => thrown instanceof type) ?? Error;
  const copy =
    thrown instanceof AggregateError
      ? new AggregateError(
          thrown.errors.map((error) => copyOf(error, seen)),
          message,
          options,
        )
      : new Type(message, options);
  // `code`, `errno` and the like.
  const details = Object.entries(thrown).filter(([key, value]) => key !== 'name' && !isObject(value));
  Object.assign(copy, Object.fromEntries(details));
  if (copy.name !== name) Object.defineProperty(copy, 'name', { value: name, configurable: true });
  return withStack(copy, stack);
}

const builtIn = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError] as const;

function withStack<T extends Error>(error: T, stack: string | undefined): T {
  Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  return error;
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
