import { deepEqual, equal, match } from 'node:assert/strict';
import { Body, Get, JsonController, Param, Post } from 'routing-controllers';
import { Plugin } from 'plugboard';
import { sameAnswers } from './same-answers.ts';
import { complaints, inEachWay, type Served } from './ways.ts';
import { bytesOf, exchange, Wire, type RawRequest } from './wire.ts';

/** Lets a test hold an action until it says otherwise. */
class Gate {
  private release = (): void => undefined;
  private opened = Promise.resolve();

  shut(): void {
    this.opened = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  open(): void {
    this.release();
  }

  async passed(): Promise<void> {
    await this.opened;
  }
}

const gate = new Gate();
const order: string[] = [];

@Plugin({ name: 'connections', timeouts: { requestMs: 100 } })
@JsonController('/connections')
class ConnectionsPlugin {
  @Get('/quick/:id') quick(@Param('id') id: string) {
    order.push(id);
    return { id };
  }
  @Get('/held/:id') async held(@Param('id') id: string) {
    await gate.passed();
    order.push(id);
    return { id };
  }
  @Post('/body') body(@Body() body: unknown) {
    return { body };
  }
  @Get('/fails') fails() {
    throw new Error('fails');
  }
  @Get('/stream') async *stream() {
    yield 'a';
    yield 'b';
  }
}

@Plugin({ name: 'patient' })
@JsonController('/patient')
class PatientPlugin {
  @Get('/held/:id') async held(@Param('id') id: string) {
    await gate.passed();
    order.push(id);
    return { id };
  }
}

const options = () => ({ plugins: [ConnectionsPlugin, PatientPlugin] });
const json = 'Content-Type: application/json';
const idOf = ({ body }: { readonly body: string }): string => (JSON.parse(body) as { id: string }).id;

/** All at once, in one packet where the system allows it. */
function together(served: Served, ...requests: readonly RawRequest[]): Buffer {
  return Buffer.concat(requests.map((request) => bytesOf(request, served.prefix)));
}

describe('a connection', () => {
  inEachWay(options, (served) => {
    it('is kept for many requests, whatever became of the ones before', async () => {
      const wire = await Wire.to(served());
      const statuses: number[] = [];
      const requests: RawRequest[] = [
        { path: '/connections/quick/1' },
        { path: '/connections/none' },
        { path: '/connections/fails' },
        { path: '/connections/quick/%zz' },
        { method: 'POST', path: '/connections/body', headers: [json], body: '{' },
        { path: '/connections/stream' },
        { method: 'HEAD', path: '/connections/quick/2' },
        { method: 'OPTIONS', path: '/connections/quick/2' },
        { path: '/connections/quick/3' },
      ];
      for (const request of requests) {
        wire.send(bytesOf(request, served().prefix));
        statuses.push((await wire.answer({ toHead: request.method === 'HEAD' })).status);
      }
      deepEqual(statuses, [200, 404, 500, 400, 400, 200, 200, 200, 200]);
      wire.close();
    });

    it('is closed where the client asks for that', async () => {
      const wire = await Wire.to(served());
      wire.send(bytesOf({ path: '/connections/quick/1', headers: ['Connection: close'] }, served().prefix));
      equal((await wire.answer()).headers['connection'], 'close');
      equal(await wire.rest(), '');
    });

    it('gives the answers of requests in one packet in their order, though the first takes longest', async () => {
      order.length = 0;
      gate.shut();
      const wire = await Wire.to(served());
      wire.send(
        together(
          served(),
          { path: '/patient/held/1' },
          { path: '/connections/quick/2' },
          { method: 'POST', path: '/connections/body', headers: [json], body: '{"id":"3"}' },
          { path: '/connections/quick/4' },
        ),
      );
      // The last has been served; the first has not been answered.
      while (order.length < 2) await exchange(served(), { path: '/connections/stream' });
      deepEqual(order, ['2', '4']);
      gate.open();
      const answers = [await wire.answer(), await wire.answer(), await wire.answer(), await wire.answer()];
      deepEqual(
        answers.map(({ body }) => JSON.parse(body) as unknown),
        [{ id: '1' }, { id: '2' }, { body: { id: '3' } }, { id: '4' }],
      );
      deepEqual(order, ['2', '4', '1']);
      wire.close();
    });

    it('gives a stream among them whole', async () => {
      const wire = await Wire.to(served());
      wire.send(
        together(
          served(),
          { path: '/connections/stream' },
          { path: '/connections/stream' },
          { path: '/connections/quick/3' },
        ),
      );
      deepEqual(
        [(await wire.answer()).body, (await wire.answer()).body, idOf(await wire.answer())],
        ['ab', 'ab', '3'],
      );
      wire.close();
    });

    it('goes on after one of them failed', async () => {
      const wire = await Wire.to(served());
      wire.send(
        together(
          served(),
          { path: '/connections/fails' },
          { path: '/none' },
          { path: '/connections/quick/3' },
        ),
      );
      deepEqual(
        [(await wire.answer()).status, (await wire.answer()).status, (await wire.answer()).status],
        [500, 404, 200],
      );
      wire.close();
    });

    it('takes a request byte by byte', async () => {
      const wire = await Wire.to(served());
      const body = { method: 'POST', path: '/connections/body', headers: [json], body: '{"a":"é"}' };
      for (const byte of bytesOf(body, served().prefix)) wire.send(Buffer.of(byte));
      deepEqual(JSON.parse((await wire.answer()).body), { body: { a: 'é' } });
      wire.close();
    });

    it('answers what came before something that is no HTTP, and is closed', async () => {
      const wire = await Wire.to(served());
      wire.send(bytesOf({ path: '/connections/quick/1' }, served().prefix), 'nonsense\r\n\r\n');
      equal((await wire.answer()).status, 200);
      // Node says 400 only where it is not in the middle of an answer.
      match(await wire.rest(), /^$|^HTTP\/1\.1 400 Bad Request\r\n/);
    });

    it('of HTTP/1.0 is closed after the answer', async () => {
      const wire = await Wire.to(served());
      wire.send(bytesOf({ path: '/connections/quick/1', version: '1.0' }, served().prefix));
      const { status, headers, body } = await wire.answer();
      deepEqual([status, headers['connection'], body], [200, 'close', '{"id":"1"}']);
      equal(await wire.rest(), '');
    });

    it('of HTTP/1.0 may ask to be kept', async () => {
      const wire = await Wire.to(served());
      const request = { path: '/connections/quick/1', version: '1.0', headers: ['Connection: keep-alive'] };
      wire.send(bytesOf(request, served().prefix));
      equal((await wire.answer()).status, 200);
      equal((await wire.send(bytesOf(request, served().prefix)).answer()).status, 200);
      wire.close();
    });

    it('of HTTP/1.0 gets a stream without chunks, up to the end of the connection', async () => {
      const wire = await Wire.to(served());
      wire.send(bytesOf({ path: '/connections/stream', version: '1.0' }, served().prefix));
      const { headers, body } = await wire.answer();
      deepEqual(
        [headers['transfer-encoding'], headers['content-length'], body],
        [undefined, undefined, 'ab'],
      );
    });

    it('that asks for an upgrade which nobody has is served', async () => {
      const headers = ['Connection: Upgrade', 'Upgrade: websocket'];
      equal((await exchange(served(), { path: '/connections/quick/1', headers })).status, 200);
    });
  });

  after(() => gate.open());
});

describe('a request that could be read in two ways', () => {
  const body = { method: 'POST', path: '/connections/body' };
  const inner = 'GET /connections/quick/inner HTTP/1.1\r\nHost: x\r\n\r\n';
  const refused = { status: 400, text: '', expect: { connection: 'close' } };
  sameAnswers(options, [
    {
      title: 'having both a length and chunks is 400',
      ...body,
      headers: [json, 'Content-Length: 6', 'Transfer-Encoding: chunked'],
      body: `0\r\n\r\n${inner}`,
      ...refused,
    },
    {
      title: 'having both, the other way round, is 400',
      ...body,
      headers: [json, 'Transfer-Encoding: chunked', 'Content-Length: 6'],
      body: `0\r\n\r\n${inner}`,
      ...refused,
    },
    {
      title: 'having two lengths is 400',
      ...body,
      headers: [json, 'Content-Length: 2', 'Content-Length: 3'],
      body: '{} ',
      ...refused,
    },
    {
      title: 'having the same length twice is 400',
      ...body,
      headers: [json, 'Content-Length: 2', 'Content-Length: 2'],
      body: '{}',
      ...refused,
    },
    {
      title: 'having two lengths in one is 400',
      ...body,
      headers: ['Content-Length: 2, 2'],
      body: '{}',
      ...refused,
    },
    {
      title: 'having a length with a sign is 400',
      ...body,
      headers: ['Content-Length: +2'],
      body: '{}',
      ...refused,
    },
    { title: 'having a length below zero is 400', ...body, headers: ['Content-Length: -1'], ...refused },
    {
      title: 'having a length in hexadecimal is 400',
      ...body,
      headers: ['Content-Length: 0x2'],
      body: '{}',
      ...refused,
    },
    {
      title: 'having an encoding behind the chunks is 400',
      ...body,
      headers: ['Transfer-Encoding: chunked, identity'],
      body: '0\r\n\r\n',
      ...refused,
    },
    {
      title: 'having an encoding that nobody knows is 400',
      ...body,
      headers: [json, 'Transfer-Encoding: rot13'],
      body: '0\r\n\r\n',
      ...refused,
    },
    {
      title: 'having a blank before the colon is 400',
      ...body,
      headers: ['Transfer-Encoding : chunked'],
      body: '0\r\n\r\n',
      ...refused,
    },
    {
      title: 'having a chunk without a size is 400',
      ...body,
      headers: [json, 'Transfer-Encoding: chunked'],
      body: 'x\r\n{}\r\n0\r\n\r\n',
      ...refused,
    },
  ]);

  inEachWay(options, (served) => {
    it('never has its body served as a request', async () => {
      order.length = 0;
      const smuggled = bytesOf({ path: '/connections/quick/smuggled' }, served().prefix);
      for (const headers of [
        ['Content-Length: 4', 'Transfer-Encoding: chunked'],
        ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
        ['Transfer-Encoding: \vchunked'],
        ['Transfer-Encoding: x\r\n chunked'],
      ]) {
        const wire = await Wire.to(served());
        const request = {
          ...body,
          headers: [json, ...headers],
          body: Buffer.concat([Buffer.from('0\r\n\r\n'), smuggled]),
        };
        wire.send(bytesOf(request, served().prefix));
        match(await wire.rest(), /^HTTP\/1\.1 400 /);
      }
      deepEqual(order, []);
    });

    it('has what goes beyond its length taken for another, which is no HTTP', async () => {
      const wire = await Wire.to(served());
      const request = { ...body, headers: [json, 'Content-Length: 2'], body: '{}' };
      equal((await wire.send(bytesOf(request, served().prefix)).answer()).status, 200);
      match(await wire.send('{}\r\n\r\n').rest(), /^HTTP\/1\.1 400 /);
    });
  });
});

describe('a slow client', () => {
  const limits = { headersTimeoutMs: 100, requestTimeoutMs: 200 };
  const slow = () => ({ ...options(), limits });

  inEachWay(slow, (served) => {
    it('is cut where its headers don’t come to an end', async () => {
      const wire = await Wire.to(served());
      wire.send(`GET ${served().prefix}/connections/quick/1 HTTP/1.1\r\nHost: x\r\n`);
      match(await wire.rest(), /^HTTP\/1\.1 408 Request Timeout\r\nConnection: close\r\n/);
    });

    it('is cut where its headers come one by one for ever', async () => {
      const wire = await Wire.to(served());
      wire.send(`GET ${served().prefix}/connections/quick/1 HTTP/1.1\r\nHost: x\r\n`);
      const more = setInterval(() => wire.send('X-More: 1\r\n'), 20);
      match(await wire.rest(), /^HTTP\/1\.1 408 /);
      clearInterval(more);
    });

    it('is cut where its body does not come to an end', async () => {
      const wire = await Wire.to(served());
      const request = {
        method: 'POST',
        path: '/connections/body',
        headers: [json, 'Content-Length: 100'],
        body: '{',
      };
      wire.send(bytesOf(request, served().prefix));
      match(await wire.rest(), /^HTTP\/1\.1 408 /);
      deepEqual(complaints(served()), []);
    });

    it('is none of the next one’s business', async () => {
      equal((await exchange(served(), { path: '/connections/quick/1' })).status, 200);
    });
  });
});

describe('a body that trickles', () => {
  inEachWay(options, (served) => {
    it('does not use up the time of the action', async () => {
      const wire = await Wire.to(served());
      const body = '{"a":[1,2,3,4,5,6,7,8,9]}';
      wire.send(
        bytesOf(
          { method: 'POST', path: '/connections/body', headers: [json, `Content-Length: ${body.length}`] },
          served().prefix,
        ),
      );
      // Twice as long as an action may take.
      const characters = [...body];
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          wire.send(characters.shift() ?? '');
          if (characters.length > 0) return;
          clearInterval(timer);
          resolve();
        }, 8);
      });
      equal((await wire.answer()).status, 200);
      wire.close();
    });

    it('leaves the action its time: it is 504 only for what takes too long itself', async () => {
      gate.shut();
      equal((await exchange(served(), { path: '/connections/held/1' })).status, 504);
      gate.open();
    });
  });
});
