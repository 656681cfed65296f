import { Controller, Get, JsonController } from 'routing-controllers';
import { Plugin } from 'plugboard';

// #region plugins
export abstract class Prices {
  abstract of(item: string): number;
}

class FixedPrices extends Prices {
  of(item: string): number {
    return item.length;
  }
}

@Plugin({ name: 'prices', services: [[Prices, FixedPrices]], exports: [Prices] })
@JsonController('/prices')
class PricesApi {
  constructor(private readonly prices: Prices) {}

  @Get()
  tea() {
    return { tea: this.prices.of('tea') };
  }
}

@Plugin({ name: 'price-list' })
@Controller('/prices')
class PriceList {
  constructor(private readonly prices: Prices) {}

  @Get()
  show() {
    return `<p>Tea: ${this.prices.of('tea')}</p>`;
  }
}
// #endregion

// #region hosts
import express from 'express';
import { ContainerModule } from 'inversify';
import { createHost } from 'plugboard';

const api = createHost({ plugins: [PricesApi] });
await api.start();

const web = createHost({
  plugins: [PriceList],
  services: new ContainerModule(({ bind }) => {
    bind(Prices).toDynamicValue(() => api.get(Prices)); // what a plugin of the other host exports
  }),
});
await web.start();

const app = express();
app.use('/api', api.handler);
app.use(web.handler);
// #endregion

export { api, app, web };
