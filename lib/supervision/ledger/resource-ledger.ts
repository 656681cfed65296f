import { AcceptedSockets } from './accepted-sockets.ts';
import { type MadeResource, watchAsyncResources } from './async-resources.ts';
import { untilBriefAreOver } from './brief-resources.ts';
import { closeLeft } from './close-left.ts';
import { traceHere } from './creation-trace.ts';
import { watchListeners } from './host-listeners.ts';
import type { LeftResource } from './left-resource.ts';
import { type Listenable, listenerKind } from './listener-kind.ts';
import { serverKind, socketKind } from './network-kinds.ts';
import { type OwnedResource, OwnedResources } from './owned-resources.ts';
import { watchPublishedResources } from './published-resources.ts';

export interface LedgerOptions {
  /** Whose code runs now, if any owner's. */
  currentOwner(): object | undefined;
  /** The name that V8 knows the owner's text by; undefined for what was imported natively. */
  fileOf?(owner: object): string | undefined;
  /**
   * `close` (default) notes no line for timers that are over within a second: `settle` waits for them instead.
   * `trace` notes the line of everything.
   */
  readonly leaks?: 'close' | 'trace';
}

// oxlint-disable-next-line typescript/no-unsafe-function-type -- where our own lines end in a trace
type Callee = Function;

/**
 * What generations have opened, by their owner. It keeps none of them from being collected.
 *
 * Not seen: message ports and broadcast channels, open files, timers that a test has faked, idle connections of an
 * agent of the owner's own, listeners on what is neither `process` nor given to `watchListeners`.
 */
export class ResourceLedger implements Disposable {
  readonly #owned = new WeakMap<object, OwnedResources>();
  readonly #stopped = new WeakSet<object>();
  readonly #accepted = new AcceptedSockets();
  readonly #ends = new Set<() => void>();

  constructor(private readonly options: LedgerOptions) {
    this.#ends.add(
      watchAsyncResources((made, callee) => {
        this.#noteMade(made, callee);
      }),
    );
    this.#ends.add(
      watchPublishedResources((made, callee) => {
        this.#note(made, callee);
      }),
    );
    this.watchListeners(process);
  }

  /** Notes listeners that owners add to this object of the host's from now on. Returns what ends that. */
  watchListeners(target: Listenable): () => void {
    const end = watchListeners(target, (added, callee) => {
      this.#note({ kind: listenerKind, resource: added }, callee);
    });
    this.#ends.add(end);
    return () => {
      this.#ends.delete(end);
      end();
    };
  }

  /**
   * Closes what a stopped owner has left, and says what that was. What it opens after that is noted: a second call
   * closes it. Never rejects.
   */
  async settle(owner: object): Promise<readonly LeftResource[]> {
    this.#stopped.add(owner);
    const owned = this.#owned.get(owner);
    if (!owned) return [];
    await untilBriefAreOver(owned.open());
    return closeLeft(owned, this.options.fileOf?.(owner));
  }

  /** Drops what is known of an owner. */
  forget(owner: object): void {
    this.#owned.delete(owner);
    this.#stopped.delete(owner);
  }

  /** Ends the watch; what was noted can still be settled. */
  [Symbol.dispose](): void {
    for (const end of this.#ends) end();
    this.#ends.clear();
  }

  #noteMade(made: MadeResource, callee: Callee): void {
    const maker = made.kind === socketKind ? this.#accepted.makerOf(made.triggerId) : undefined;
    if (maker) this.#ownedBy(maker.owner).add({ ...made, trace: maker.trace });
    else this.#note(made, callee, made.id);
  }

  #note({ kind, resource }: Pick<OwnedResource, 'kind' | 'resource'>, callee: Callee, id?: number): void {
    const owner = this.options.currentOwner();
    if (!owner) return;
    const trace = this.#isBrief(owner, kind, resource) ? undefined : traceHere(callee);
    this.#ownedBy(owner).add({ kind, resource, trace });
    if (kind === serverKind && id !== undefined) this.#accepted.addServer(id, resource, { owner, trace });
  }

  #isBrief(owner: object, kind: OwnedResource['kind'], resource: object): boolean {
    if (this.options.leaks === 'trace' || this.#stopped.has(owner)) return false;
    return kind.isBrief?.(resource) ?? false;
  }

  #ownedBy(owner: object): OwnedResources {
    const owned = this.#owned.get(owner) ?? new OwnedResources();
    this.#owned.set(owner, owned);
    return owned;
  }
}
