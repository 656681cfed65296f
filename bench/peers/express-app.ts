import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import express, { type Express, type Request, type Response } from 'express';
import { Order } from '../controllers/order.ts';

/** The scenarios' actions written by hand for Express. */
export function expressApp(): Express {
  const app = express();
  app.get('/hello', sendHello);
  app.get('/items/:id', sendItem);
  app.post('/orders', express.json(), placeOrder);
  app.get(
    '/reports',
    (_request, response, next) => {
      response.setHeader('x-stamp', 'bench');
      next();
    },
    async (_request, response) => {
      response.json(envelope(await Promise.resolve({ report: 'daily' })));
    },
  );
  return app;
}

export function sendHello(_request: Request, response: Response): void {
  response.json({ hello: 'world' });
}

export function sendItem(request: Request, response: Response): void {
  const { limit: limitText, active } = request.query;
  const id = Number(request.params['id']);
  const limit = Number(limitText);
  if (Number.isNaN(id) || Number.isNaN(limit)) {
    response.status(400).json({ error: 'not a number' });
    return;
  }
  response.json({ id, limit, active: active === undefined ? undefined : active === 'true' });
}

async function placeOrder(request: Request, response: Response): Promise<void> {
  const order = plainToInstance(Order, request.body);
  const errors = await validate(order);
  if (errors.length > 0) {
    response.status(400).json({ errors });
    return;
  }
  const { reference, quantity, price, customer } = order;
  response.json({ reference, total: quantity * price, email: customer.email });
}

function envelope(data: object): object {
  return { data };
}
