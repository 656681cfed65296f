import { Plugin } from 'plugboard';
import { PriceList } from './contract.ts';

class PrintedPrices extends PriceList {
  readonly #prices = new Map([
    ['tea', 4],
    ['coffee', 5],
  ]);

  drinks(): readonly string[] {
    return [...this.#prices.keys()];
  }

  priceOf(drink: string): number {
    const price = this.#prices.get(drink);
    if (price === undefined) throw new RangeError(`There is no ${drink}.`);
    return price;
  }
}

@Plugin({
  name: 'prices',
  version: '1.0.0',
  description: 'What there is to drink, and what it costs',
  services: [[PriceList, PrintedPrices]],
  exports: [PriceList],
})
export class PricesPlugin {}
