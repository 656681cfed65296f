import { Pool, type Client } from './contracts.ts';

/** Stands in for a database: it keeps what was committed, and counts the clients that are lent. */
export class MemoryPool extends Pool {
  readonly saved: string[] = [];
  lent = 0;

  async borrow(): Promise<Client> {
    this.lent += 1;
    return new MemoryClient(this.saved);
  }

  giveBack(): void {
    this.lent -= 1;
  }
}

class MemoryClient implements Client {
  #pending: string[] = [];

  constructor(private readonly saved: string[]) {}

  async run(statement: string, value = ''): Promise<void> {
    if (statement === 'INSERT') this.#pending.push(value);
    if (statement === 'COMMIT') this.saved.push(...this.#pending);
    if (statement !== 'INSERT') this.#pending = [];
  }
}
