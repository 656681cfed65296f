import { injectable } from 'inversify';
import { GuestbookStore, type Writer } from '../guestbook/contract.ts';

export interface GuestbookStatistics {
  readonly entries: number;
  readonly writers: readonly Writer[];
  /** ISO 8601, UTC; undefined while there is no entry. */
  readonly lastWrittenAt: string | undefined;
}

@injectable()
export class Statistics {
  constructor(private readonly store: GuestbookStore) {}

  current(): GuestbookStatistics {
    return {
      entries: this.store.count(),
      writers: this.store.writers(10),
      lastWrittenAt: this.store.latest(1)[0]?.writtenAt,
    };
  }
}
