import { ClassValidationPipe } from '@inversifyjs/class-validation';
import {
  BadRequestHttpResponse,
  Body,
  Controller,
  Get,
  HttpStatusCode,
  Params,
  Post,
  Query,
  StatusCode,
} from '@inversifyjs/http-core';
import { Order } from '../../controllers/order.ts';

@Controller('/hello')
export class HelloController {
  @Get()
  hello(): object {
    return { hello: 'world' };
  }
}

// A pipe is how this framework types a parameter; it has none ready.
const toNumber = {
  execute(text: unknown): number {
    const number = Number(text);
    if (Number.isNaN(number)) throw new BadRequestHttpResponse('not a number');
    return number;
  },
};
const toOptionalBoolean = {
  execute: (text: unknown): boolean | undefined => (text === undefined ? undefined : text === 'true'),
};

@Controller('/items')
export class ItemsController {
  @Get('/:id')
  find(
    @Params({ name: 'id' }, toNumber) id: number,
    @Query({ name: 'limit' }, toNumber) limit: number,
    @Query({ name: 'active' }, toOptionalBoolean) active?: boolean,
  ): object {
    return { id, limit, active };
  }
}

@Controller('/orders')
export class OrdersController {
  @Post()
  @StatusCode(HttpStatusCode.OK)
  place(@Body(new ClassValidationPipe()) { reference, quantity, price, customer }: Order): object {
    return { reference, total: quantity * price, email: customer.email };
  }
}
