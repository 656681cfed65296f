import { Plugin } from 'plugboard';
import { OfferInterceptors } from '../shop/contract.ts';
import { AskedCurrency } from './asked-currency.ts';
import { CurrencyConfig } from './config.ts';

// #region plugin
@Plugin({
  name: 'currency',
  version: '1.0.0',
  description: 'Has the shop answer in the currency that it is asked for',
  config: CurrencyConfig,
  contributes: [[OfferInterceptors, AskedCurrency]],
})
export class CurrencyPlugin {}
// #endregion
