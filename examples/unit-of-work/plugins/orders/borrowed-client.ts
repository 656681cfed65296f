import { injectable, postConstruct, preDestroy } from 'inversify';
import { Pool, type Client } from '../../contracts.ts';

/** One client of the pool for as long as one request lasts. */
@injectable('Request')
export class BorrowedClient implements Client {
  #client: Client | undefined;

  constructor(private readonly pool: Pool) {}

  @postConstruct()
  async borrow(): Promise<void> {
    this.#client = await this.pool.borrow();
  }

  // Runs when the response has ended, however it ended.
  @preDestroy()
  giveBack(): void {
    if (this.#client) this.pool.giveBack(this.#client);
    this.#client = undefined;
  }

  async run(statement: string, value?: string): Promise<void> {
    if (!this.#client) throw new Error('The request is over.');
    await this.#client.run(statement, value);
  }
}
