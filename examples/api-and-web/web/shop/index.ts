import type { Response } from 'express';
import { Plugin } from 'plugboard';
import { BodyParam, Controller, Get, NotFoundError, Post, Render, Res } from 'routing-controllers';
import { Orders } from '../../api/orders/contract.ts';
import { Products } from '../../api/products/contract.ts';

@Plugin({ name: 'shop', version: '1.0.0', description: 'The page to buy from' })
@Controller()
export class ShopPlugin {
  constructor(
    private readonly products: Products,
    private readonly orders: Orders,
  ) {}

  @Get('/')
  @Render('shop')
  show() {
    return { products: this.products.all() };
  }

  @Post('/buy')
  buy(@BodyParam('product', { required: true }) product: number, @Res() response: Response) {
    const order = this.orders.place(product, 1);
    if (!order) throw new NotFoundError('This is not for sale.');
    response.redirect(303, '/orders');
    return response;
  }
}
