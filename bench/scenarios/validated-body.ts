import { usualBases, type BenchRequest, type Check, type Scenario } from './scenario.ts';

const order = {
  reference: 'A-1001',
  quantity: 3,
  price: 19.5,
  express: true,
  note: 'Leave it with the neighbour.',
  customer: { name: 'Ada Lovelace', email: 'ada@example.org' },
};

export const validatedBody: Scenario = {
  id: 'c',
  title: 'POST of a validated body: six fields, one nested',
  variants: [''],
  bases: usualBases,
  requests: () => [post(order)],
  checks: () => [
    {
      request: post(order),
      status: [200],
      body: { reference: 'A-1001', total: 58.5, email: 'ada@example.org' },
    },
    ...[
      { ...order, quantity: 0 },
      { ...order, quantity: 2.5 },
      { ...order, reference: undefined },
      { ...order, express: 'perhaps' },
      { ...order, customer: { name: 'Ada Lovelace', email: 'nobody' } },
    ].map((body): Check => ({ request: post(body), status: [400, 422] })),
  ],
};

function post(body: object): BenchRequest {
  return {
    method: 'POST',
    path: '/orders',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
