import { AsyncLocalStorage } from 'node:async_hooks';
import type { LeftResource } from '#lib/supervision/ledger/left-resource.js';
import { type LedgerOptions, ResourceLedger } from '#lib/supervision/ledger/resource-ledger.js';

/** A ledger, and one whose code it watches. */
export class Watched implements Disposable {
  readonly #context = new AsyncLocalStorage<object>();
  readonly owner = {};
  readonly ledger: ResourceLedger;

  constructor(options: Omit<LedgerOptions, 'currentOwner'> = { leaks: 'trace' }) {
    this.ledger = new ResourceLedger({ ...options, currentOwner: () => this.#context.getStore() });
  }

  /** Runs code of the owner, or of another. */
  run<T>(call: () => T, owner: object = this.owner): T {
    return this.#context.run(owner, call);
  }

  async settle(): Promise<readonly LeftResource[]> {
    return this.ledger.settle(this.owner);
  }

  /** What was left, without the lines. */
  async kindsLeft(): Promise<readonly string[]> {
    const left = await this.settle();
    return left.map(({ kind, closed, count }) => `${count} ${kind} ${closed ? 'closed' : 'named'}`);
  }

  [Symbol.dispose](): void {
    this.ledger[Symbol.dispose]();
  }
}
