import { Logger, Plugin, RequestLog } from 'plugboard';
import { Body, JsonController, Post } from 'routing-controllers';

// #region request
@Plugin({ name: 'shop' })
@JsonController('/orders')
export class ShopPlugin {
  @Post()
  take(@Body() order: { id: number }, @RequestLog() log: Logger) {
    log.info('order taken', { order: order.id }); // with the request's id
    return order;
  }
}
// #endregion
