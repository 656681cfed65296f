import { IsInt, Max, Min } from 'class-validator';
import { Plugin } from 'plugboard';
import { Body, Get, HttpCode, JsonController, NotFoundError, Post } from 'routing-controllers';
import { Orders } from './contract.ts';
import { OrderBook } from './order-book.ts';

class NewOrder {
  @IsInt()
  product!: number;

  @IsInt()
  @Min(1)
  @Max(100)
  quantity: number = 1;
}

@Plugin({
  name: 'orders',
  version: '1.0.0',
  description: 'Takes orders for products',
  services: [[Orders, OrderBook]],
  exports: [Orders],
})
@JsonController('/orders')
export class OrdersPlugin {
  constructor(private readonly orders: Orders) {}

  @Get()
  all() {
    return this.orders.all();
  }

  @Post()
  @HttpCode(201)
  place(@Body() { product, quantity }: NewOrder) {
    const order = this.orders.place(product, quantity);
    if (!order) throw new NotFoundError(`There is no product ${product}.`);
    return order;
  }
}
