import { deepEqual, equal } from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testPlugin, type TestBed } from 'plugboard/testing';
import { Pool, type Client } from '../contracts.ts';
import { MemoryPool } from '../memory-pool.ts';
import { OrdersPlugin } from '../plugins/orders/index.ts';

/** Tells when a client comes back. */
class WatchedPool extends MemoryPool {
  readonly statements: string[] = [];
  #onReturn: () => void = () => undefined;
  readonly returned = new Promise<void>((resolve) => {
    this.#onReturn = resolve;
  });

  override async borrow(): Promise<Client> {
    const client = await super.borrow();
    return {
      run: async (statement, value) => {
        this.statements.push(statement);
        await client.run(statement, value);
      },
    };
  }

  override giveBack(): void {
    super.giveBack();
    this.statements.push('given back');
    this.#onReturn();
  }
}

describe('an order', () => {
  let pool: WatchedPool;
  let bed: TestBed<OrdersPlugin>;
  beforeEach(async () => {
    pool = new WatchedPool();
    bed = await testPlugin(OrdersPlugin).provide(Pool, pool).start();
  });
  afterEach(async () => bed.close());

  it('is committed as a whole before it is answered, and the client is given back', async () => {
    await bed.request
      .post('/orders')
      .send({ lines: ['tea', 'cups'] })
      .expect(201, { ordered: 2 });
    deepEqual(pool.saved, ['tea', 'cups']);
    await pool.returned;
    deepEqual(pool.statements, ['BEGIN', 'INSERT', 'INSERT', 'COMMIT', 'given back']);
  });

  it('is rolled back where one of its lines fails, before the client is given back', async () => {
    await bed.request
      .post('/orders')
      .send({ lines: ['tea', 'sold out'] })
      .expect(400);
    await pool.returned;
    deepEqual(pool.saved, []);
    deepEqual(pool.statements, ['BEGIN', 'INSERT', 'INSERT', 'ROLLBACK', 'given back']);
  });

  it('is rolled back where who ordered goes away before it is done', async () => {
    const server = await bed.host.listen(0);
    const { port } = server.address() as AddressInfo;
    const order = httpRequest({ port, path: '/orders?waitMs=60000', method: 'POST', headers: json });
    order.on('error', () => undefined).end(JSON.stringify({ lines: ['tea'] }));
    await inserted(pool);
    order.destroy();
    await pool.returned;
    deepEqual(pool.saved, []);
    deepEqual(pool.statements, ['BEGIN', 'INSERT', 'ROLLBACK', 'given back']);
  });

  it('borrows no client where it is not valid', async () => {
    await bed.request.post('/orders').send({ lines: [] }).expect(400);
    equal(pool.lent, 0);
  });

  it('has a client of its own, also when many come at once', async () => {
    const orders = Array.from({ length: 10 }, (_, index) =>
      bed.request.post('/orders').send({ lines: [index % 2 === 0 ? `tea ${index}` : 'sold out'] }),
    );
    await Promise.all(orders);
    deepEqual(pool.saved.toSorted(), ['tea 0', 'tea 2', 'tea 4', 'tea 6', 'tea 8']);
    await bed.close();
    equal(pool.lent, 0);
  });
});

const json = { 'Content-Type': 'application/json' };

async function inserted(pool: WatchedPool): Promise<void> {
  while (!pool.statements.includes('INSERT')) await new Promise((resolve) => setImmediate(resolve));
}
