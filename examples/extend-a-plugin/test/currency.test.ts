import { deepEqual } from 'node:assert/strict';
import { testHost, testPlugin } from 'plugboard/testing';
import type { Action } from 'routing-controllers';
import { AskedCurrency } from '../plugins/currency/asked-currency.ts';
import { CurrencyPlugin } from '../plugins/currency/index.ts';
import { PriceList } from '../plugins/prices/contract.ts';
import { ShopPlugin } from '../plugins/shop/index.ts';

const inEuros = { drink: 'tea', price: 4, currency: 'EUR' };

describe('the currencies', () => {
  // #region alone
  it('are those that it is given rates of', async () => {
    await using bed = await testPlugin(CurrencyPlugin)
      .config({ rates: { SEK: 11 } })
      .start();
    const interceptor = bed.get(AskedCurrency); // the instance that it contributes

    const asking = (currency: string): Action => ({ request: { query: { currency } }, response: {} });
    deepEqual(interceptor.intercept(asking('SEK'), [inEuros]), [{ ...inEuros, price: 44, currency: 'SEK' }]);
    deepEqual(interceptor.intercept(asking('USD'), [inEuros]), [inEuros]);
  });
  // #endregion

  // #region together
  it('change the answers of the shop while they run', async () => {
    await using bed = await testHost([ShopPlugin, CurrencyPlugin])
      .mock(PriceList, { drinks: () => ['tea'], priceOf: () => 4 })
      .start();
    await bed.request.get('/offers').expect(200, [inEuros]);
    await bed.request
      .get('/offers?currency=USD')
      .expect(200, [{ drink: 'tea', price: 4.4, currency: 'USD' }]);

    await bed.host.unload('currency');
    await bed.request.get('/offers?currency=USD').expect(200, [inEuros]);
  });
  // #endregion
});
