import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { pluginCount } from '../scenarios/many-plugins.ts';
import { listenOn, type Serve } from './peer-server.ts';
import { itemHandlers, type ItemHandler } from './raw-many.ts';

/** What nobody can beat: each answer written by hand for its one path. */
export const serve: Serve = async (asked) =>
  listenOn(createServer(asked.scenario === 'd' ? answerAmong(pluginCount(asked)) : answer));

function answerAmong(count: number): RequestListener {
  const handlers = itemHandlers(count);
  return (request, response) => {
    const url = request.url ?? '/';
    const itemsAt = url.indexOf('/items/');
    const handler = handlers.get(url.slice(0, itemsAt));
    if (handler) sendItem(response, url.slice(itemsAt), handler);
    else send(response, 404, { error: 'not found' });
  };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '/';
  if (request.method === 'POST' && url === '/orders') return readBody(request, response);
  if (url === '/hello') return send(response, 200, { hello: 'world' });
  if (url.startsWith('/items/')) return sendItem(response, url, findItem);
  if (url === '/reports') return void sendReport(response);
  send(response, 404, { error: 'not found' });
}

function findItem(id: number, limit: number, active: boolean | undefined): object {
  return { id, limit, active };
}

function sendItem(response: ServerResponse, url: string, find: ItemHandler): void {
  const queryAt = url.indexOf('?');
  const query = new URLSearchParams(url.slice(queryAt + 1));
  const id = Number(url.slice('/items/'.length, queryAt));
  const limit = Number(query.get('limit'));
  const active = query.get('active');
  if (Number.isNaN(id) || Number.isNaN(limit)) return send(response, 400, { error: 'not a number' });
  send(response, 200, find(id, limit, active === null ? undefined : active === 'true'));
}

async function sendReport(response: ServerResponse): Promise<void> {
  response.setHeader('x-stamp', 'bench');
  send(response, 200, { data: await Promise.resolve({ report: 'daily' }) });
}

function readBody(request: IncomingMessage, response: ServerResponse): void {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    text += chunk;
  });
  request.on('end', () => {
    const order: unknown = JSON.parse(text);
    if (!isOrder(order)) return send(response, 400, { error: 'not an order' });
    const { reference, quantity, price, customer } = order;
    send(response, 200, { reference, total: quantity * price, email: customer.email });
  });
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

interface Order {
  reference: string;
  quantity: number;
  price: number;
  express: boolean;
  note: string;
  customer: { name: string; email: string };
}

function isOrder(value: unknown): value is Order {
  const order = value as Order;
  return (
    isText(order.reference, 1, 40) &&
    Number.isInteger(order.quantity) &&
    order.quantity >= 1 &&
    order.quantity <= 1000 &&
    typeof order.price === 'number' &&
    order.price >= 0 &&
    typeof order.express === 'boolean' &&
    isText(order.note, 0, 500) &&
    isText(order.customer.name, 1, 80) &&
    /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(order.customer.email)
  );
}

function isText(value: unknown, min: number, max: number): boolean {
  return typeof value === 'string' && value.length >= min && value.length <= max;
}
