import { isProbe } from './probed-members.ts';

/** What a function of a recording mock also is. */
export interface Recorder<A extends readonly unknown[] = readonly unknown[], R = unknown> {
  /** The arguments of each call, first call first. */
  readonly calls: readonly A[];
  /** What it returns from now on. Default `undefined`. */
  returns(value: R): void;
}

/**
 * Stands in for a service of any shape: every member is a function that notes its calls and returns `undefined`, and has
 * such members itself.
 */
export function recordingMock(name: string): unknown {
  const members = new Map<string | symbol, unknown>();
  return new Proxy(recordingFunction(name), {
    get: (target, key) => {
      if (isProbe(key)) return members.get(key);
      if (key === 'calls' || key === 'returns') return Reflect.get(target, key);
      if (!members.has(key)) members.set(key, recordingMock(`${name}.${String(key)}`));
      return members.get(key);
    },
    set: (_target, key, value) => {
      members.set(key, value);
      return true;
    },
  });
}

function recordingFunction(name: string): (...args: unknown[]) => unknown {
  const calls: unknown[][] = [];
  let result: unknown;
  const record = (...args: unknown[]): unknown => {
    calls.push(args);
    return result;
  };
  const returns = (value: unknown): void => {
    result = value;
  };
  Object.defineProperty(record, 'name', { value: name });
  return Object.assign(record, { calls, returns });
}
