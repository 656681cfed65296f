import { createAdaptorServer } from '@hono/node-server';
import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import * as z from 'zod';
import { listenOn, type Serve } from './peer-server.ts';

const order = z.object({
  reference: z.string().min(1).max(40),
  quantity: z.int().min(1).max(1000),
  price: z.number().min(0),
  express: z.boolean(),
  note: z.string().max(500),
  customer: z.object({ name: z.string().min(1).max(80), email: z.email() }),
});

const app = new Hono();

app.get('/hello', (context) => context.json({ hello: 'world' }));

app.get(
  '/items/:id',
  zValidator('param', z.object({ id: z.coerce.number() })),
  zValidator('query', z.object({ limit: z.coerce.number(), active: z.stringbool().optional() })),
  (context) => context.json({ ...context.req.valid('param'), ...context.req.valid('query') }),
);

app.post('/orders', zValidator('json', order), (context) => {
  const { reference, quantity, price, customer } = context.req.valid('json');
  return context.json({ reference, total: quantity * price, email: customer.email });
});

// Hono has no interceptors: the action's result goes through a function of one's own.
const envelope = (data: object): object => ({ data });
app.get(
  '/reports',
  async (context, next) => {
    context.header('x-stamp', 'bench');
    await next();
  },
  async (context) => context.json(envelope(await Promise.resolve({ report: 'daily' }))),
);

export const serve: Serve = async () => listenOn(createAdaptorServer({ fetch: app.fetch }));
