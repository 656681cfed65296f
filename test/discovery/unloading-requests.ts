/** One request, and what a plugin of test/fixtures/unloading is asked by it. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

const customer = { name: ' Ada ', email: 'ada@example.org', secret: 'x' };

const requests: Readonly<Record<string, readonly Asked[]>> = {
  orders: [
    {
      method: 'POST',
      path: '/orders',
      body: { lines: [{ article: 'a-1', count: 2 }], customer: { ...customer, mail: 'a@b.c' } },
    },
    { method: 'POST', path: '/orders', body: { lines: [{ article: 'b-1', count: -1 }], customer } },
    { method: 'GET', path: '/orders?page=2' },
    { method: 'GET', path: '/orders?page=0' },
    { method: 'GET', path: '/orders/checked/al' },
    { method: 'GET', path: '/orders/fails' },
  ],
  handmade: [
    { method: 'POST', path: '/items', body: { item: { name: 'short' } } },
    { method: 'POST', path: '/items', body: { item: { name: 'much too long for this' } } },
  ],
};

export function requestsTo(plugin: string): readonly Asked[] {
  return requests[plugin] ?? [];
}
