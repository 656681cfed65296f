import { deepEqual } from 'node:assert/strict';
import { testPlugin } from 'plugboard/testing';
import { PriceList } from '../plugins/prices/contract.ts';
import { OfferInterceptors } from '../plugins/shop/contract.ts';
import { ShopPlugin } from '../plugins/shop/index.ts';

const prices = { drinks: () => ['tea', 'wine'], priceOf: (drink: string) => drink.length };

describe('the shop', () => {
  it('offers what is on the price list', async () => {
    await using bed = await testPlugin(ShopPlugin).mock(PriceList, prices).start();
    await bed.request.get('/offers/below/4').expect(200, [{ drink: 'tea', price: 3, currency: 'EUR' }]);
  });

  // #region contribute
  it('answers what the interceptors of other plugins make of it, one after the other', async () => {
    await using bed = await testPlugin(ShopPlugin)
      .mock(PriceList, prices)
      .contribute(OfferInterceptors, { intercept: (_action, offers) => offers.slice(1) })
      .contribute(OfferInterceptors, {
        intercept: async (_action, offers) => offers.map((offer) => ({ ...offer, price: 1 })),
      })
      .start();

    await bed.request.get('/offers').expect(200, [{ drink: 'wine', price: 1, currency: 'EUR' }]);
  });
  // #endregion

  it('goes on without an interceptor that fails, and logs whose it is', async () => {
    await using bed = await testPlugin(ShopPlugin)
      .mock(PriceList, prices)
      .contribute(OfferInterceptors, {
        intercept: () => {
          throw new Error('no rates');
        },
      })
      .start();

    await bed.request.get('/offers/below/4').expect(200, [{ drink: 'tea', price: 3, currency: 'EUR' }]);
    const warnings = bed.logs.filter(({ level }) => level === 'warn');
    deepEqual(
      warnings.map(({ plugin, message, contributor }) => ({ plugin, message, contributor })),
      [{ plugin: 'shop', message: 'an interceptor failed', contributor: 'test-contributions' }],
    );
  });
});
