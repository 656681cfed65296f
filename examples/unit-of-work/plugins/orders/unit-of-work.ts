import { injectable, postConstruct, preDestroy } from 'inversify';
import { BorrowedClient } from './borrowed-client.ts';

/** All that one request changes, or nothing of it. */
@injectable('Request')
export class UnitOfWork {
  #isOver = false;

  constructor(private readonly client: BorrowedClient) {}

  @postConstruct()
  async begin(): Promise<void> {
    await this.client.run('BEGIN');
  }

  async run(statement: string, value?: string): Promise<void> {
    await this.client.run(statement, value);
  }

  async commit(): Promise<void> {
    if (this.#isOver) throw new Error('The unit of work is over.');
    this.#isOver = true;
    await this.client.run('COMMIT');
  }

  // Comes before the client is given back: what uses something is disposed of before it.
  @preDestroy()
  async rollBackWhatIsNotCommitted(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.client.run('ROLLBACK');
  }
}
