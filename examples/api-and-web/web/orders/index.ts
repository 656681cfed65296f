import { Plugin } from 'plugboard';
import { Controller, Get, Render } from 'routing-controllers';
import { Orders } from '../../api/orders/contract.ts';

@Plugin({ name: 'orders', version: '1.0.0', description: 'The page that shows what was ordered' })
@Controller('/orders')
export class OrdersPagePlugin {
  constructor(private readonly orders: Orders) {}

  @Get()
  @Render('orders')
  show() {
    return { orders: this.orders.all() };
  }
}
