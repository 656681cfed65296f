import type { LeftKind } from './left-resource.ts';

/** What the ledger must know of one kind of resource. */
export interface ResourceKind<R extends object> {
  readonly name: LeftKind | ((resource: R) => LeftKind);
  /** False once nothing of it lives on, and for what a pool keeps that others use as well. */
  isOpen(resource: R): boolean;
  /** Absent where it must not be ended by anyone but its maker. */
  readonly close?: (resource: R) => unknown;
  /** What two notes of one resource have in common. Default: the resource. */
  readonly subject?: (resource: R) => object;
  /** Whether Node has made it for itself, by the names of its files that stand above the first other line. */
  readonly isNodes?: (files: readonly string[]) => boolean;
  /** Whether it is over in a moment, and needs no note of who has made it. */
  readonly isBrief?: (resource: R) => boolean;
}
