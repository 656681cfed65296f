// #region client
import { injectable, postConstruct, preDestroy } from 'inversify';
import { Pool, type Connection } from './database.ts';

/** A client of the pool, borrowed for one request and given back at its end, whatever happens. */
@injectable('Request')
export class Client {
  #connection: Connection | undefined;

  constructor(private readonly pool: Pool) {}

  @postConstruct()
  async borrow(): Promise<void> {
    this.#connection = await this.pool.connect();
  }

  async query(text: string, values: readonly unknown[] = []): Promise<void> {
    await this.#connection?.query(text, values);
  }

  @preDestroy()
  giveBack(): void {
    this.#connection?.release();
  }
}
// #endregion

// #region unit-of-work
import { Plugin } from 'plugboard';
import { BadRequestError, JsonController, Param, Post, type Action } from 'routing-controllers';
import type { InterceptorInterface } from 'routing-controllers';

/** All that one request writes: committed when its action succeeds, rolled back in every other case. */
@injectable('Request')
export class UnitOfWork {
  #isOpen = false;

  constructor(private readonly client: Client) {}

  async write(text: string, values: readonly unknown[]): Promise<void> {
    if (!this.#isOpen) await this.client.query('BEGIN');
    this.#isOpen = true;
    await this.client.query(text, values);
  }

  async commit(): Promise<void> {
    if (this.#isOpen) await this.client.query('COMMIT');
    this.#isOpen = false;
  }

  @preDestroy()
  async rollBack(): Promise<void> {
    if (this.#isOpen) await this.client.query('ROLLBACK');
  }
}

/** Runs after an action that did not throw, and before its answer is sent. */
@injectable('Request')
class Commit implements InterceptorInterface {
  constructor(private readonly work: UnitOfWork) {}

  async intercept(_action: Action, result: unknown): Promise<unknown> {
    await this.work.commit();
    return result;
  }
}

@injectable('Request')
@JsonController('/orders')
class OrdersController {
  constructor(private readonly work: UnitOfWork) {}

  @Post('/:item')
  async order(@Param('item') item: string) {
    await this.work.write('INSERT INTO orders (item) VALUES ($1)', [item]);
    if (item === 'unicorn') throw new BadRequestError('There are no unicorns left.');
    return { ordered: item };
  }
}

@Plugin({
  name: 'orders',
  controllers: [OrdersController],
  interceptors: [Commit],
  services: [Client, UnitOfWork],
})
export class OrdersPlugin {}
// #endregion
