import { deepEqual } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { finished, PassThrough, pipeline } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { lazyRequestClass, readBody } from '#lib/http/lazy-request.js';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly note: (what: string) => void;
  readonly client: Socket;
}

type Serve = (exchange: Exchange) => void | Promise<void>;

const get = 'GET / HTTP/1.1\r\nHost: test\r\n\r\n';
const post = 'POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 6\r\n\r\n';
const whole = `${post}abcdef`;

/** What is to be seen of a request from outside. */
function stateOf(request: IncomingMessage): Record<string, unknown> {
  const { readable, readableEnded, readableDidRead, readableAborted, readableLength } = request;
  const { complete, destroyed, closed, errored } = request;
  const stream = { readable, readableEnded, readableDidRead, readableAborted, readableLength };
  // oxlint-disable-next-line typescript/no-deprecated -- it is still asked for
  return { ...stream, complete, destroyed, closed, aborted: request.aborted, errored: errored?.message };
}

/** Writes to a server whose requests are of one class, and tells all that is to be seen there. */
async function seen(serve: Serve, wire: string, settings: object): Promise<readonly unknown[]> {
  const notes: unknown[] = [];
  const server = createServer(settings).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const failures: unknown[] = [];
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const note = (what: string): void => void notes.push(what);
    const exchange = { request, response, note, client };
    response.on('close', () => {
      note('answer closed');
      // After whatever Node still does in its turns of `nextTick`.
      setImmediate(() => {
        notes.push(stateOf(request));
        server.emit('over');
      });
    });
    void (async () => serve(exchange))().catch((error: unknown) => failures.push(error));
  });
  try {
    client.on('error', () => undefined).write(wire);
    const answers = wire.split('HTTP/1.1').length - 1;
    await new Promise<void>((resolve) => {
      let over = 0;
      server.on('over', () => {
        over += 1;
        if (over === answers) resolve();
      });
    });
    await nextTurn();
    deepEqual(failures, []);
    return notes;
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
  }
}

function watch({ request, note }: Exchange, names = ['data', 'end', 'close', 'aborted', 'error']): void {
  for (const name of names) {
    request.on(name, (value?: unknown) => {
      note(value === undefined ? name : `${name} ${value instanceof Error ? value.message : String(value)}`);
    });
  }
}

const cases: Readonly<Record<string, readonly [wire: string, serve: Serve]>> = {
  'answered at once': [get, ({ response }) => void response.end('x')],
  'answered later': [
    get,
    async ({ response }) => {
      await nextTurn();
      response.end('x');
    },
  ],
  'watched from the beginning': [
    get,
    (exchange) => {
      watch(exchange);
      exchange.response.end('x');
    },
  ],
  'watched from the beginning, by whoever wants its data': [
    get,
    (exchange) => {
      watch(exchange, ['data', 'end']);
      exchange.request.on('end', () => exchange.response.end('x'));
    },
  ],
  'watched later': [
    get,
    async (exchange) => {
      await nextTurn();
      watch(exchange);
      await nextTurn();
      exchange.response.end('x');
    },
  ],
  'watched for its close alone, later': [
    get,
    async (exchange) => {
      await nextTurn();
      watch(exchange, ['close']);
      exchange.response.end('x');
    },
  ],
  'watched by once and in front': [
    get,
    async ({ request, response, note }) => {
      await nextTurn();
      request.once('close', () => note('once'));
      request.prependListener('close', () => note('in front'));
      request.prependOnceListener('end', () => note('the end'));
      request.addListener('close', () => note('added'));
      response.end('x');
    },
  ],
  'watched when it is over': [
    get,
    ({ request, response, note }) => {
      response.on('close', () =>
        setImmediate(() => {
          request.on('close', () => note('close'));
          request.on('end', () => note('end'));
        }),
      );
      response.end('x');
    },
  ],
  'resumed later': [
    get,
    async ({ request, response, note }) => {
      await nextTurn();
      request.resume();
      request.on('end', () => note('end'));
      await nextTurn();
      response.end('x');
    },
  ],
  'read without a listener': [
    get,
    async ({ request, response, note }) => {
      await nextTurn();
      note(String(request.read()));
      await nextTurn();
      response.end('x');
    },
  ],
  'read when it is readable': [
    get,
    ({ request, response, note }) => {
      request.on('readable', () => note(`readable ${String(request.read())}`));
      request.on('end', () => response.end('x'));
    },
  ],
  'read by for await, empty': [
    get,
    async ({ request, response, note }) => {
      await nextTurn();
      for await (const chunk of request) note(String(chunk));
      note('through');
      response.end('x');
    },
  ],
  'read by for await': [
    whole,
    async ({ request, response, note }) => {
      await nextTurn();
      for await (const chunk of request) note(String(chunk));
      note('through');
      response.end('x');
    },
  ],
  'read as a text, as another encoding': [
    whole,
    async ({ request, response, note }) => {
      note(await text(request.setEncoding('hex')));
      response.end('x');
    },
  ],
  'piped, empty': [
    get,
    async ({ request, response, note }) => {
      await nextTurn();
      pipeline(request, new PassThrough().resume(), (error) => {
        note(`piped ${String(error?.message)}`);
        response.end('x');
      });
    },
  ],
  'waited for by finished': [
    get,
    async ({ request, response, note }) => {
      await nextTurn();
      finished(request, (error) => note(`finished ${String(error?.message)}`));
      response.end('x');
    },
  ],
  'waited for by finished when it is over': [
    get,
    ({ request, response, note }) => {
      response.on('close', () => {
        finished(request, (error) => note(`finished ${String(error?.message)}`));
      });
      response.end('x');
    },
  ],
  'destroyed by the app': [
    get,
    async (exchange) => {
      await nextTurn();
      exchange.request.destroy();
    },
  ],
  'given up by the client, watched by nobody': [get, ({ client }) => void client.destroy()],
  'given up by the client, watched': [
    get,
    async (exchange) => {
      await nextTurn();
      watch(exchange);
      exchange.client.destroy();
    },
  ],
  'given up by the client in the midst of its body': [
    `${post}abc`,
    (exchange) => {
      watch(exchange);
      exchange.request.once('data', () => exchange.client.destroy());
    },
  ],
  'with a body that nobody reads': [whole, ({ response }) => void response.end('x')],
  'with a body that is read': [
    whole,
    (exchange) => {
      watch(exchange);
      exchange.request.on('end', () => exchange.response.end('x'));
    },
  ],
  'of several on one connection, without waiting': [
    get + whole + get,
    async ({ request, response, note }) => {
      note(`${String(request.method)} ${await text(request)}`);
      response.end('x');
    },
  ],
  'of several on one connection, answered at once': [
    get + get + get,
    ({ request, response, note }) => {
      note(String(request.method));
      response.end('x');
    },
  ],
};

/** How one reads a body: as it is done for actions, or by listeners. */
type Read = typeof readBody;

const readByListeners: Read = (request, { chunks, end, abort }) => {
  let isOver = false;
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    isOver = true;
    end();
  });
  request.on('close', () => {
    if (!isOver) abort();
  });
};

async function bodyOf(read: Read, { request }: Exchange): Promise<string> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    read(request, {
      chunks,
      end: () => resolve(String(Buffer.concat(chunks))),
      abort: () => resolve('given up'),
    });
  });
}

const readings: Readonly<Record<string, readonly [wire: string, serve: (read: Read) => Serve]>> = {
  'read and answered': [
    whole,
    (read) => async (exchange) => {
      exchange.note(await bodyOf(read, exchange));
      exchange.response.end('x');
    },
  ],
  'read and answered later': [
    whole,
    (read) => async (exchange) => {
      exchange.note(await bodyOf(read, exchange));
      await nextTurn();
      exchange.response.end('x');
    },
  ],
  empty: [
    get,
    (read) => async (exchange) => {
      exchange.note(await bodyOf(read, exchange));
      exchange.response.end('x');
    },
  ],
  'watched as soon as it is read': [
    whole,
    (read) => (exchange) => {
      const { request, response } = exchange;
      read(request, {
        chunks: [],
        end: () => {
          watch(exchange);
          setImmediate(() => response.end('x'));
        },
        abort: () => undefined,
      });
    },
  ],
  'watched before': [
    whole,
    (read) => async (exchange) => {
      watch(exchange);
      exchange.note(await bodyOf(read, exchange));
      exchange.response.end('x');
    },
  ],
  'watched while it comes': [
    `${post}abc`,
    (read) => async (exchange) => {
      setImmediate(() => {
        watch(exchange);
        exchange.client.write('def');
      });
      exchange.note(await bodyOf(read, exchange));
      exchange.response.end('x');
    },
  ],
  'in parts': [
    `${post}abc`,
    (read) => async (exchange) => {
      setImmediate(() => exchange.client.write('def'));
      exchange.note(await bodyOf(read, exchange));
      exchange.response.end('x');
    },
  ],
  'given up in its midst': [
    `${post}abc`,
    (read) => async (exchange) => {
      setImmediate(() => exchange.client.destroy());
      exchange.note(await bodyOf(read, exchange));
    },
  ],
  'watched later': [
    whole,
    (read) => async (exchange) => {
      exchange.note(await bodyOf(read, exchange));
      await nextTurn();
      exchange.note(String(exchange.request.destroyed));
      watch(exchange);
      await nextTurn();
      exchange.response.end('x');
    },
  ],
  'given up when it is read': [
    whole,
    (read) => async (exchange) => {
      exchange.note(await bodyOf(read, exchange));
      await nextTurn();
      exchange.client.destroy();
    },
  ],
  'answered before all of it is there': [
    `${post}abc`,
    (read) => async (exchange) => {
      setImmediate(() => {
        exchange.response.end('x');
        exchange.response.on('finish', () => exchange.client.end('def'));
      });
      await bodyOf(read, exchange);
    },
  ],
  'of several on one connection': [
    whole + get + whole,
    (read) => async (exchange) => {
      exchange.note(await bodyOf(read, exchange));
      exchange.response.end('x');
    },
  ],
};

/** Another Express app that is called as a function gives a request its own prototype, now or in the midst of things. */
const prototypes: Readonly<Record<string, (serve: Serve) => Serve>> = {
  'with the prototype of its birth': (serve) => serve,
  'with another prototype': (serve) => async (exchange) => {
    Object.setPrototypeOf(exchange.request, IncomingMessage.prototype);
    await serve(exchange);
  },
  'with another prototype from the next turn on': givenOn,
};

function givenOn(serve: Serve): Serve {
  return async (exchange) => {
    setImmediate(() => {
      Object.setPrototypeOf(exchange.request, IncomingMessage.prototype);
    });
    await serve(exchange);
  };
}

describe('a request of a server of ours is as one of Node’s', () => {
  for (const [which, given] of Object.entries(prototypes)) {
    for (const [name, [wire, serve]] of Object.entries(cases)) {
      it(`${which}, ${name}`, async () => {
        const nodes = await seen(given(serve), wire, {});
        deepEqual(await seen(given(serve), wire, { IncomingMessage: lazyRequestClass() }), nodes);
      });
    }
  }
});

describe('a body that is read at once is as one that listeners read', () => {
  for (const [which, given] of Object.entries(prototypes)) {
    for (const [name, [wire, serve]] of Object.entries(readings)) {
      // While the body comes nobody else is given the request.
      if (given === givenOn && wire.endsWith('abc')) continue;
      it(`${which}, ${name}`, async () => {
        const nodes = await seen(given(serve(readByListeners)), wire, {});
        deepEqual(await seen(given(serve(readBody)), wire, { IncomingMessage: lazyRequestClass() }), nodes);
        deepEqual(await seen(given(serve(readBody)), wire, {}), nodes);
      });
    }
  }
});
