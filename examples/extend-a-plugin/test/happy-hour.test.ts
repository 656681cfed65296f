import { equal, rejects } from 'node:assert/strict';
import { testHost, testPlugin } from 'plugboard/testing';
import { HappyPrices } from '../plugins/happy-hour/happy-prices.ts';
import { HappyHourPlugin } from '../plugins/happy-hour/index.ts';
import { PriceList } from '../plugins/prices/contract.ts';
import { PricesPlugin } from '../plugins/prices/index.ts';
import { ShopPlugin } from '../plugins/shop/index.ts';

describe('the happy hour', () => {
  // #region alone
  it('takes off what it is set up to', async () => {
    await using bed = await testPlugin(HappyHourPlugin)
      .mock(PriceList, { priceOf: () => 8 }) // what it wraps
      .config({ percent: 25 })
      .start();

    equal(bed.get(HappyPrices).priceOf('tea'), 6); // the wrapper
  });
  // #endregion

  it('takes off no more than all', async () => {
    const start = testPlugin(HappyHourPlugin).autoMock().config({ percent: 101 }).start();
    await rejects(start, /percent must not be greater than 100/);
  });

  // #region together
  it('lowers the prices of the shop while it runs', async () => {
    await using bed = await testHost([PricesPlugin, ShopPlugin, HappyHourPlugin]).start();
    const tea = { drink: 'tea', price: 2, currency: 'EUR' };
    await bed.request.get('/offers/below/2.1').expect(200, [tea]);
    equal(bed.get(PriceList).priceOf('tea'), 2); // what whoever imports it gets

    await bed.host.unload('happy-hour');
    await bed.request.get('/offers/below/4.1').expect(200, [{ ...tea, price: 4 }]);

    await bed.host.load(HappyHourPlugin);
    await bed.request.get('/offers/below/2.1').expect(200, [tea]);
  });
  // #endregion
});
