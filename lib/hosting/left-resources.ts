import { EventEmitter } from 'node:events';
import { currentScope, type PluginScope } from '../supervision/escapes/plugin-scope.ts';
import { ResourceLedger } from '../supervision/ledger/resource-ledger.ts';
import type { EscapeWatch } from '../supervision/escapes/escape-watch.ts';
import type { HostLog } from './host-log.ts';
import type { HostOptions } from './options.ts';

/** Closes what plugins have left when they are stopped, and tells of it. */
export class LeftResources {
  #ledger: ResourceLedger | undefined;
  readonly #watched = new WeakSet<object>();

  constructor(
    private readonly escapes: EscapeWatch,
    private readonly log: HostLog,
  ) {}

  start(leaks: HostOptions['leaks'] = 'close'): void {
    if (!leaks) return;
    this.#ledger = new ResourceLedger({
      leaks,
      currentOwner: () => {
        const scope = currentScope();
        return scope?.owner === this.escapes ? scope : undefined;
      },
      fileOf: (scope) => (scope as PluginScope).code.evaluatedAs,
    });
  }

  /** A service of the host that plugins may listen to. */
  watch(service: unknown): void {
    const isListenable = service instanceof EventEmitter || service instanceof EventTarget;
    if (!this.#ledger || !isListenable || this.#watched.has(service)) return;
    this.#watched.add(service);
    this.#ledger.watchListeners(service);
  }

  /** To be called when a generation was stopped, or code is to be forgotten. Never rejects. */
  async settle(scope: PluginScope | undefined): Promise<void> {
    if (!scope || !this.#ledger) return;
    const left = await this.#ledger.settle(scope);
    if (left.length > 0) this.log.left(scope, left);
  }

  stop(): void {
    this.#ledger?.[Symbol.dispose]();
    this.#ledger = undefined;
  }
}
