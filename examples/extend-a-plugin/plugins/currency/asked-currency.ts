import type { Request } from 'express';
import { injectable } from 'inversify';
import type { Action } from 'routing-controllers';
import type { Offer, OfferInterceptor } from '../shop/contract.ts';
import { CurrencyConfig } from './config.ts';

/** Converts prices where a request has `?currency=USD`. */
@injectable()
export class AskedCurrency implements OfferInterceptor {
  constructor(private readonly config: CurrencyConfig) {}

  intercept({ request }: Action, offers: readonly Offer[]): readonly Offer[] {
    const { currency } = (request as Request).query;
    if (typeof currency !== 'string') return offers;
    const rate = new Map(Object.entries(this.config.rates)).get(currency);
    if (rate === undefined) return offers;
    return offers.map((offer) => ({ ...offer, price: toCents(offer.price * rate), currency }));
  }
}

function toCents(price: number): number {
  return Math.round(price * 100) / 100;
}
