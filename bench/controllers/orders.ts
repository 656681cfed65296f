import { injectable } from 'inversify';
import { Body, HttpCode, JsonController, Post } from 'routing-controllers';
import { Order } from './order.ts';

/** Scenario c, for routing-controllers and for Plugboard. */
@injectable()
@JsonController('/orders')
export class OrdersController {
  @Post('/')
  @HttpCode(200)
  place(@Body() { reference, quantity, price, customer }: Order): object {
    return { reference, total: quantity * price, email: customer.email };
  }
}
