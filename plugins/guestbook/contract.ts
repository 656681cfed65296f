/** One entry, as it is kept. */
export interface GuestbookEntry {
  readonly id: number;
  readonly name: string;
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
}

export interface Writer {
  readonly name: string;
  readonly entries: number;
}

/** What other plugins may inject of the guestbook. */
export abstract class GuestbookStore {
  abstract add(entry: Pick<GuestbookEntry, 'name' | 'message'>): GuestbookEntry;
  abstract find(id: number): GuestbookEntry | undefined;
  /** Newest first. */
  abstract latest(limit: number): readonly GuestbookEntry[];
  abstract count(): number;
  /** Those who wrote most first. */
  abstract writers(limit: number): readonly Writer[];
}
