import assert from 'node:assert/strict';
import { assert as calls, stub } from 'sinon';
import { testHost, testPlugin } from 'plugboard/testing';
import { CounterPlugin } from '../writing/plugins/counter/index.ts';
import { Counter } from '../writing/plugins/counter/contract.ts';
import { VisitsPlugin } from '../writing/plugins/visits/index.ts';
import { Mailer, OrderDesk, Stock } from './order-desk.ts';

describe('the order desk', () => {
  // #region stub
  const options = { currentUserChecker: () => ({ email: 'ada@example.org' }) };

  it('writes to who has ordered', async () => {
    const send = stub().resolves();
    const bed = await testPlugin(OrderDesk, options).mock(Mailer, { send }).start();

    await bed.request.post('/orders/3').expect(200, { taken: 3 });

    calls.calledOnceWithExactly(send, 'ada@example.org', '3 are yours');
    await bed.close();
  });
  // #endregion

  // #region own
  it('takes what the stock gives', async () => {
    const bed = await testPlugin(OrderDesk, options)
      .mock(Stock, { take: () => 1 }) // one of the plugin's own services
      .autoMock() // and a recording mock for every import that is not given
      .start();

    await bed.request.post('/orders/3').expect(200, { taken: 1 });

    assert.deepEqual(bed.mocks.get(Mailer).send.calls, [['ada@example.org', '1 are yours']]);
    await bed.close();
  });
  // #endregion

  // #region config
  it('sells no more than the most', async () => {
    const bed = await testPlugin(OrderDesk, options).autoMock().config({ most: 2 }).start();

    assert.equal(bed.get(Stock).take(5), 2); // the plugin's own service, without a request
    await bed.request.post('/orders/5').expect(200, { taken: 2 });

    assert.deepEqual(
      bed.logs.map(({ plugin, message, taken }) => ({ plugin, message, taken })),
      [{ plugin: 'order-desk', message: 'ordered', taken: 2 }],
    );
    await bed.close();
  });
  // #endregion

  // #region missing
  it('says which import was not given', async () => {
    await assert.rejects(testPlugin(OrderDesk).start(), /\.mock\(mailer, \{ … \}\)/);
  });
  // #endregion
});

// #region together
describe('visits and counter together', () => {
  it('count', async () => {
    const bed = await testHost([CounterPlugin, VisitsPlugin]).start();

    await bed.request.post('/visits/home').expect(200, { page: 'home', visits: 1 });

    assert.equal(bed.get(Counter).add('home'), 2);
    await bed.close();
  });
});
// #endregion
