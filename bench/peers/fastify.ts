import { fastify, type FastifyInstance } from 'fastify';
import { itemQuery, itemReply, itemParams, helloReply, order, orderReply } from './json-schemas.ts';
import { portOf, type Serve } from './peer-server.ts';

/** With a schema for what comes in and for what goes out: Fastify at its fastest. */
export const serve: Serve = async () => serveFastify({ replies: true });

interface OrderBody {
  reference: string;
  quantity: number;
  price: number;
  customer: { email: string };
}

/** `replies`: whether it knows the shape of its answers, and so need not `JSON.stringify`. */
export async function serveFastify({ replies }: { readonly replies: boolean }): Promise<number> {
  const app = fastify();
  const reply = (schema: object): object => (replies ? { response: { 200: schema } } : {});
  app.get('/hello', { schema: reply(helloReply) }, async () => ({ hello: 'world' }));
  addItems(app, '/items', reply(itemReply));
  app.post<{ Body: OrderBody }>(
    '/orders',
    { schema: { body: order, ...reply(orderReply) } },
    async ({ body: { reference, quantity, price, customer } }) => ({
      reference,
      total: quantity * price,
      email: customer.email,
    }),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  return portOf(app.server);
}

function addItems(app: FastifyInstance, path: string, reply: object): void {
  app.get<{ Params: { id: number }; Querystring: { limit: number; active?: boolean } }>(
    `${path}/:id`,
    { schema: { params: itemParams, querystring: itemQuery, ...reply } },
    async ({ params, query }) => ({ id: params.id, limit: query.limit, active: query.active }),
  );
}
