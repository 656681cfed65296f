import { Plugin } from 'plugboard';
import { BorrowedClient } from './borrowed-client.ts';
import { Commit } from './commit.ts';
import { OrderLines } from './order-lines.ts';
import { OrdersController } from './orders-controller.ts';
import { UnitOfWork } from './unit-of-work.ts';

@Plugin({
  name: 'orders',
  version: '1.0.0',
  description: 'Takes an order as a whole, or not at all',
  controllers: [OrdersController],
  interceptors: [Commit],
  services: [BorrowedClient, UnitOfWork, OrderLines],
})
export class OrdersPlugin {}
