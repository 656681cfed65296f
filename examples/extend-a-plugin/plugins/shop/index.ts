import { Plugin } from 'plugboard';
import { Get, JsonController, Param } from 'routing-controllers';
import { PriceList } from '../prices/contract.ts';
import type { Offer } from './contract.ts';
import { ContributedInterceptors } from './contributed-interceptors.ts';

// #region plugin
@Plugin({
  name: 'shop',
  version: '1.0.0',
  description: 'Offers drinks',
  interceptors: [ContributedInterceptors],
})
@JsonController('/offers')
export class ShopPlugin {
  constructor(private readonly prices: PriceList) {}

  @Get()
  all(): readonly Offer[] {
    return this.prices
      .drinks()
      .map((drink) => ({ drink, price: this.prices.priceOf(drink), currency: 'EUR' }));
  }

  @Get('/below/:price')
  below(@Param('price') limit: number): readonly Offer[] {
    return this.all().filter(({ price }) => price < limit);
  }
}
// #endregion
