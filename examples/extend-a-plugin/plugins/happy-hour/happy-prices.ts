import { injectable } from 'inversify';
import { PriceList } from '../prices/contract.ts';
import { HappyHourConfig } from './config.ts';

/** Asks for the very token that it wraps, and gets what is wrapped. */
@injectable()
export class HappyPrices extends PriceList {
  constructor(
    private readonly usual: PriceList,
    private readonly config: HappyHourConfig,
  ) {
    super();
  }

  drinks(): readonly string[] {
    return this.usual.drinks();
  }

  priceOf(drink: string): number {
    return this.usual.priceOf(drink) * (1 - this.config.percent / 100);
  }
}
