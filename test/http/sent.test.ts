import { deepEqual, equal } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { isSent } from '#lib/http/sent.js';

/** Has one request answered by `answer`, and gives what that gave, and the response when it is closed. */
async function answered<T>(answer: (response: ServerResponse) => T): Promise<{ said: T; after: boolean }> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port).end('GET / HTTP/1.0\r\n\r\n');
  try {
    const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
    const closed = once(response, 'close');
    const said = answer(response);
    client.resume();
    if (!response.writableEnded) client.destroy();
    await closed;
    return { said, after: isSent(response) };
  } finally {
    client.destroy();
    server.close();
  }
}

describe('an answer', () => {
  it('is known to be sent as soon as it is handed over, whatever the version of Node, and stays so', async () => {
    const { said, after } = await answered((response) => {
      const before = isSent(response);
      response.end('all');
      return [before, isSent(response)];
    });
    deepEqual(said, [false, true]);
    equal(after, true);
  });

  it('is not sent while the system has not taken all of it', async () => {
    const { said } = await answered((response) => {
      response.end(Buffer.alloc(64 * 1024 * 1024));
      return isSent(response);
    });
    equal(said, false);
  });

  it('is not sent where the client went before its end', async () => {
    const { after } = await answered((response) => void response.write('a part'));
    equal(after, false);
  });
});
