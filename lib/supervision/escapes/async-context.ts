import { AsyncLocalStorage, createHook, executionAsyncId } from 'node:async_hooks';
import { isNodesTimer } from '../nodes-timers.ts';

/** A value that follows all that is started in a call, now and later: what `AsyncLocalStorage` does. */
export interface AsyncContext<T extends object> {
  /** In the context of a value, or in none. */
  run<A extends unknown[], R>(value: T | undefined, call: (...args: A) => R, ...args: A): R;
  get(): T | undefined;
}

/**
 * `AsyncLocalStorage` from Node 24 on. Before, the first one that is used in a process makes each callback of Node's slower,
 * of a request a tenth, also of those that have nothing to do with it.
 */
export function createAsyncContext<T extends object>(nodeVersion = process.versions.node): AsyncContext<T> {
  const isCheap = Number.parseInt(nodeVersion) >= 24;
  return isCheap ? new StoredContext() : new HookedContext();
}

/** By what Node itself keeps. */
export class StoredContext<T extends object> implements AsyncContext<T> {
  readonly #storage = new AsyncLocalStorage<T | undefined>();

  run<A extends unknown[], R>(value: T | undefined, call: (...args: A) => R, ...args: A): R {
    return this.#storage.getStore() === value ? call(...args) : this.#storage.run(value, call, ...args);
  }

  get(): T | undefined {
    return this.#storage.getStore();
  }
}

/** Stands for none, while a call is made outside of all contexts. */
const outside = Symbol('outside');

/**
 * Notes for each resource in whose call it was made, or in whose continuation, by Node's number for it. What is made outside
 * of all contexts, as most of what a request needs is, is not noted.
 */
export class HookedContext<T extends object> implements AsyncContext<T> {
  #calling: T | typeof outside | undefined;
  readonly #lasting = new Map<number, T>();
  /** The last that were made, by the lower bits of their numbers. */
  readonly #ids = new Float64Array(recent);
  readonly #values = Array.from<T | undefined>({ length: recent });
  readonly #gone = new FinalizationRegistry<number>((id) => void this.#lasting.delete(id));
  #isHooked = false;

  run<A extends unknown[], R>(value: T | undefined, call: (...args: A) => R, ...args: A): R {
    const caller = this.#calling;
    if (!this.#isHooked) this.#hook();
    this.#calling = value ?? outside;
    try {
      return call(...args);
    } finally {
      this.#calling = caller;
    }
  }

  get(): T | undefined {
    const calling = this.#calling;
    if (calling === undefined) return this.#valueOf(executionAsyncId());
    return calling === outside ? undefined : calling;
  }

  #hook(): void {
    this.#isHooked = true;
    createHook({
      init: (id, type, _triggerId, resource) => {
        const value = this.get();
        if (value === undefined) return;
        const isBrief = brief.has(type) || isNodesTimer(type, resource);
        this.#note(id, value, isBrief ? undefined : resource);
      },
    }).enable();
  }

  #note(id: number, value: T, lasting: object | undefined): void {
    if (lasting) {
      this.#lasting.set(id, value);
      this.#gone.register(lasting, id);
    } else {
      const place = id % recent;
      this.#ids[place] = id;
      this.#values[place] = value;
    }
  }

  #valueOf(id: number): T | undefined {
    const place = id % recent;
    return this.#ids[place] === id ? this.#values[place] : this.#lasting.get(id);
  }
}

/** How many of what is {@link brief} are remembered. */
const recent = 2 ** 18;

/** There are many of these, and few are there for long. */
const brief: ReadonlySet<string> = new Set([
  'Immediate',
  'Microtask',
  'PROMISE',
  'TickObject',
  'SHUTDOWNWRAP',
  'WRITEWRAP',
]);
