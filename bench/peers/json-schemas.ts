const text = (minLength: number, maxLength: number): object => ({ type: 'string', minLength, maxLength });
const object = (properties: object, required: readonly string[] = Object.keys(properties)): object => ({
  type: 'object',
  properties,
  required,
});

export const helloReply = object({ hello: { type: 'string' } });

export const itemParams = object({ id: { type: 'number' } });
export const itemQuery = object({ limit: { type: 'number' }, active: { type: 'boolean' } }, ['limit']);
export const itemReply = object(
  { id: { type: 'number' }, limit: { type: 'number' }, active: { type: 'boolean' } },
  ['id', 'limit'],
);

export const order = object({
  reference: text(1, 40),
  quantity: { type: 'integer', minimum: 1, maximum: 1000 },
  price: { type: 'number', minimum: 0 },
  express: { type: 'boolean' },
  note: text(0, 500),
  customer: object({ name: text(1, 80), email: { type: 'string', format: 'email' } }),
});
export const orderReply = object({
  reference: { type: 'string' },
  total: { type: 'number' },
  email: { type: 'string' },
});

export const reportReply = object({ data: object({ report: { type: 'string' } }) });
