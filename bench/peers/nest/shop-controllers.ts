import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseBoolPipe,
  ParseFloatPipe,
  Post,
  Query,
} from '@nestjs/common';
import { Order } from '../../controllers/order.ts';

@Controller('hello')
export class HelloController {
  @Get()
  hello(): object {
    return { hello: 'world' };
  }
}

@Controller('items')
export class ItemsController {
  @Get(':id')
  find(
    @Param('id', ParseFloatPipe) id: number,
    @Query('limit', ParseFloatPipe) limit: number,
    @Query('active', new ParseBoolPipe({ optional: true })) active?: boolean,
  ): object {
    return { id, limit, active };
  }
}

@Controller('orders')
export class OrdersController {
  @Post()
  @HttpCode(200)
  place(@Body() { reference, quantity, price, customer }: Order): object {
    return { reference, total: quantity * price, email: customer.email };
  }
}
