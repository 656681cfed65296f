import { extensionPoint } from 'plugboard';
import type { Action, InterceptorInterface } from 'routing-controllers';

/** Each answer of the shop is a list of these. */
export interface Offer {
  readonly drink: string;
  readonly price: number;
  readonly currency: string;
}

/** Gives what the shop is to answer in place of `offers`. */
export interface OfferInterceptor extends InterceptorInterface {
  intercept(action: Action, offers: readonly Offer[]): readonly Offer[] | Promise<readonly Offer[]>;
}

/** Plugins that change what the shop answers contribute here. */
export const OfferInterceptors = extensionPoint<OfferInterceptor>('shop.offers');
