import type { Trace } from './creation-trace.ts';
import type { ResourceKind } from './resource-kind.ts';

/** One resource that an owner has made. */
export interface OwnedResource {
  // oxlint-disable-next-line typescript/no-explicit-any -- of any kind: a kind and its resource come together
  readonly kind: ResourceKind<any>;
  readonly resource: object;
  /** Absent for what is over in a moment. */
  readonly trace: Trace | undefined;
}

/** All that one owner has made and that is still open; what is over is dropped from time to time. */
export class OwnedResources {
  #all: OwnedResource[] = [];
  #room = 256;

  add(owned: OwnedResource): void {
    if (this.#all.length >= this.#room) {
      this.#all = this.#all.filter(isOpen);
      this.#room = 2 * this.#all.length + 256;
    }
    this.#all.push(owned);
  }

  /** Each resource once, however often it was noted. */
  open(): readonly OwnedResource[] {
    this.#all = this.#all.filter(isOpen);
    return [...new Map(this.#all.map((owned) => [subjectOf(owned), owned])).values()];
  }
}

export function isOpen({ kind, resource }: OwnedResource): boolean {
  return kind.isOpen(resource);
}

function subjectOf({ kind, resource }: OwnedResource): object {
  return kind.subject?.(resource) ?? resource;
}
