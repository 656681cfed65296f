import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { testPlugin } from 'plugboard/testing';
import { Pool } from './database.ts';
import { run } from './host.ts';
import { InvoicesPlugin } from './invoices.ts';
import { Exchange, FixedExchange } from './mailer.ts';
import { OrdersPlugin } from './orders.ts';
import { HelloPlugin } from './visitor.ts';

describe('the plugins of docs/services-and-tokens.md', () => {
  it('bind and inject by class, token, name and factory', async () => {
    const bed = await testPlugin(InvoicesPlugin).provide(Exchange, new FixedExchange()).start();
    await bed.request.post('/invoices/7').expect(200, { id: 1 });
    await bed.request.get('/invoices/1').expect(200, { amount: '7.00' });
    await bed.close();
  });

  it('offer exports to the app', async () => {
    assert.equal(await run(), 12);
  });

  it('may be made for each request', async () => {
    const bed = await testPlugin(HelloPlugin).start();
    const [german, english] = await Promise.all(
      ['de', 'en'].map(async (language) => bed.request.get('/hello').set('Accept-Language', language)),
    );
    assert.equal((german?.body as { greeting: string }).greeting, 'Guten Tag');
    assert.equal((english?.body as { greeting: string }).greeting, 'Good day');
    assert.notEqual(
      (german?.body as { requestId: string }).requestId,
      (english?.body as { requestId: string }).requestId,
    );
    await bed.close();
  });

  it('borrow a client for a request, commit when it succeeds and roll back when it fails', async () => {
    const said: string[] = [];
    const connection = {
      query: async (text: string) => void said.push(text),
      release: () => void said.push('release'),
    };
    const bed = await testPlugin(OrdersPlugin)
      .mock(Pool, { connect: async () => connection })
      .start();
    await bed.request.post('/orders/tea').expect(200, { ordered: 'tea' });
    await settled(said);
    assert.deepEqual(said.splice(0), ['BEGIN', 'INSERT INTO orders (item) VALUES ($1)', 'COMMIT', 'release']);
    await bed.request.post('/orders/unicorn').expect(400);
    await settled(said);
    assert.deepEqual(said.splice(0), [
      'BEGIN',
      'INSERT INTO orders (item) VALUES ($1)',
      'ROLLBACK',
      'release',
    ]);
    await bed.close();
  });
});

/** The request's objects are disposed of when the response is closed, which the client does not wait for. */
async function settled(said: readonly string[]): Promise<void> {
  while (said.at(-1) !== 'release') await setImmediate();
}
