import { Plugin } from 'plugboard';
import { PriceList } from '../prices/contract.ts';
import { HappyHourConfig } from './config.ts';
import { HappyPrices } from './happy-prices.ts';

// #region plugin
@Plugin({
  name: 'happy-hour',
  version: '1.0.0',
  description: 'While it runs, everything costs less',
  config: HappyHourConfig,
  decorates: [[PriceList, HappyPrices]],
})
export class HappyHourPlugin {}
// #endregion
