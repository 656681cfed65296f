import { fastify, type FastifyInstance } from 'fastify';
import { pluginCount } from '../scenarios/many-plugins.ts';
import * as schemas from './json-schemas.ts';
import { portOf, type Asked } from './peer-server.ts';

interface Order {
  reference: string;
  quantity: number;
  price: number;
  customer: { email: string };
}

interface Item {
  Params: { id: number };
  Querystring: { limit: number; active?: boolean };
}

/** What a route says of its answers; nothing where Fastify is to know nothing of them. */
type Reply = (schema: object) => object;

/** `replies`: whether it knows the shape of its answers, and so need not `JSON.stringify`. */
export async function serveFastify(
  asked: Asked,
  { replies }: { readonly replies: boolean },
): Promise<number> {
  const app = fastify();
  const reply: Reply = (schema) => (replies ? { response: { 200: schema } } : {});
  if (asked.scenario === 'd') addPlugins(app, reply, pluginCount(asked));
  else addScenarios(app, reply);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return portOf(app.server);
}

function addScenarios(app: FastifyInstance, reply: Reply): void {
  app.get('/hello', { schema: reply(schemas.helloReply) }, async () => ({ hello: 'world' }));
  addItem(app, reply);
  app.post<{ Body: Order }>(
    '/orders',
    { schema: { body: schemas.order, ...reply(schemas.orderReply) } },
    async ({ body: { reference, quantity, price, customer } }) => ({
      reference,
      total: quantity * price,
      email: customer.email,
    }),
  );
  app.get(
    '/reports',
    {
      schema: reply(schemas.reportReply),
      preHandler: async (_request, reply) => {
        void reply.header('x-stamp', 'bench');
      },
      preSerialization: async (_request, _reply, payload) => ({ data: payload }),
    },
    async () => await Promise.resolve({ report: 'daily' }),
  );
}

/** Fastify's own plugins, one for each of Plugboard's, with the same five routes. */
function addPlugins(app: FastifyInstance, reply: Reply, count: number): void {
  for (let index = 0; index < count; index += 1) {
    app.register(
      async (plugin) => {
        addItem(plugin, reply);
        const schema = { params: schemas.itemParams };
        plugin.get('/items', async () => ({ items: [] }));
        plugin.post('/items', async () => ({ added: true }));
        plugin.put<Item>('/items/:id', { schema }, async ({ params }) => ({ id: params.id }));
        plugin.delete<Item>('/items/:id', { schema }, async ({ params }) => ({ id: params.id }));
      },
      { prefix: `/p${index}` },
    );
  }
}

function addItem(app: FastifyInstance, reply: Reply): void {
  const schema = {
    params: schemas.itemParams,
    querystring: schemas.itemQuery,
    ...reply(schemas.itemReply),
  };
  app.get<Item>('/items/:id', { schema }, async ({ params, query }) => ({
    id: params.id,
    limit: query.limit,
    active: query.active,
  }));
}
