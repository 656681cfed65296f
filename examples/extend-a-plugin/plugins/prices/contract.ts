/** What there is to drink, and for how many euros. */
export abstract class PriceList {
  abstract drinks(): readonly string[];
  abstract priceOf(drink: string): number;
}
