import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { Readable, Writable } from 'node:stream';
import type { AddressInfo } from 'node:net';
import type { Request, Response } from 'express';
import { Body, ContentType, Get, JsonController, Post, Req, Res, UseBefore } from 'routing-controllers';
import { requestContext } from '#lib/http/request-context.js';
import { RequestSignal } from '#lib/http/request-signal.js';
import { serve, type ServedApp } from './served-app.ts';

interface Seen {
  signal?: AbortSignal;
  source?: Readable;
  release?: (value: unknown) => void;
  started?: () => void;
}

let seen: Seen = {};

@JsonController()
class Waiting {
  @Get('/never')
  never(@RequestSignal() signal: AbortSignal) {
    seen.signal = signal;
    seen.started?.();
    return new Promise((resolve) => {
      seen.release = resolve;
    });
  }

  @Get('/stuck')
  @UseBefore(() => undefined)
  stuck() {
    return 'never';
  }

  @Get('/streamed')
  streamed() {
    return seen.source;
  }

  @Get('/late-stream')
  async lateStream() {
    return new Promise((resolve) => {
      seen.release = () => resolve(seen.source);
    });
  }

  @Get('/events')
  events(@Res() response: Response) {
    response.write('begun ');
    seen.started?.();
    return new Promise((resolve) => {
      seen.release = () => {
        response.end('done');
        resolve(response);
      };
    });
  }

  @Get('/generated')
  @ContentType('text/plain')
  async *generated() {
    yield 'one ';
    yield 'two';
  }

  @Get('/old-style')
  @ContentType('text/plain')
  oldStyle() {
    return { pipe: (to: Writable) => to.end('piped') };
  }

  @Post('/slow-body')
  slowBody(@Body() body: object) {
    return body;
  }

  @Get('/id')
  id(@Req() request: Request) {
    const context = requestContext(request);
    return { id: context?.id, plugin: context?.plugin, same: context?.id === context?.id };
  }
}

async function listening<T>(served: ServedApp, use: (port: number) => Promise<T>): Promise<T> {
  const server = http.createServer(served.app).listen(0);
  await once(server, 'listening');
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('an action that takes time', () => {
  beforeEach(() => {
    seen = {};
  });

  it('that never answers gets 504, and its signal fires', async () => {
    const { request, reported } = serve([Waiting], { requestMs: 20 });
    const { body } = await request.get('/never').set('x-request-id', 'slow').expect(504);
    assert.deepEqual(body, { name: 'GatewayTimeoutError', message: 'Gateway Timeout', requestId: 'slow' });
    assert.equal(seen.signal?.aborted, true);
    assert.equal((seen.signal.reason as { code?: string }).code, 'REQUEST_TIMEOUT');
    assert.equal(reported.length, 1);
    seen.release?.({ late: true });
    await Promise.resolve();
    assert.equal(reported.length, 1);
  });

  it('that is stuck before its action gets 504', async () => {
    await serve([Waiting], { requestMs: 20 }).request.get('/stuck').expect(504);
  });

  it('that is late is an error for the app where the host wants that', async () => {
    const { app, request } = serve([Waiting], { requestMs: 20, options: { defaultErrorHandler: false } });
    app.set('env', 'test');
    await request.get('/stuck').expect(500, /REQUEST_TIMEOUT|did not answer within 20 ms/);
  });

  it('is not cut when its answer has begun', async () => {
    const { request } = serve([Waiting], { requestMs: 20 });
    seen.started = () => void setTimeout(() => seen.release?.(undefined), 60);
    const { text } = await request.get('/events').expect(200);
    assert.equal(text, 'begun done');
  });

  it('does not pay for a client that sends slowly', async () => {
    const served = serve([Waiting], { requestMs: 30 });
    const status = await listening(served, async (port) => {
      const headers = { 'content-type': 'application/json', 'content-length': 7 };
      const outgoing = http.request({ port, path: '/slow-body', method: 'POST', headers });
      outgoing.write('{"a"');
      setTimeout(() => outgoing.end(':1}'), 90);
      const [response] = (await once(outgoing, 'response')) as [http.IncomingMessage];
      response.resume();
      return response.statusCode;
    });
    assert.equal(status, 200);
  });

  it('learns from its signal that the client has gone', async () => {
    const served = serve([Waiting]);
    await listening(served, async (port) => {
      const started = new Promise<void>((resolve) => {
        seen.started = resolve;
      });
      const outgoing = http.get({ port, path: '/never' });
      outgoing.on('error', () => undefined);
      await started;
      const aborted = once(seen.signal as AbortSignal, 'abort');
      outgoing.destroy();
      await aborted;
      assert.equal((seen.signal?.reason as Error | undefined)?.name, 'AbortError');
      seen.release?.('late');
    });
    assert.deepEqual(served.reported, []);
  });
});

describe('a stream', () => {
  beforeEach(() => {
    seen = {};
  });

  it('that fails before its first byte is an error like any other', async () => {
    seen.source = new Readable({
      read() {
        this.destroy(new Error('no source'));
      },
    });
    const { request, reported } = serve([Waiting]);
    await request.get('/streamed').expect(500);
    assert.match(String(reported[0]?.error), /no source/);
  });

  it('that fails later breaks the answer off', async () => {
    let reads = 0;
    seen.source = new Readable({
      read() {
        if (reads++ === 0) this.push('half');
        else setImmediate(() => this.destroy(new Error('broken')));
      },
    });
    const { request, reported } = serve([Waiting]);
    await assert.rejects(async () => request.get('/streamed'), /aborted/);
    assert.equal(reported.length, 1);
  });

  it('that is closed before its end breaks the answer off', async () => {
    let reads = 0;
    seen.source = new Readable({
      read() {
        if (reads++ === 0) this.push('half');
        else setImmediate(() => this.destroy());
      },
    });
    await assert.rejects(async () => serve([Waiting]).request.get('/streamed'), /aborted/);
  });

  it('is destroyed when the client goes, and waits for one that is slow', async () => {
    let sent = 0;
    seen.source = new Readable({
      read() {
        sent += 65_536;
        this.push(Buffer.alloc(65_536));
      },
    });
    await listening(serve([Waiting]), async (port) => {
      const outgoing = http.get({ port, path: '/streamed' });
      const [response] = (await once(outgoing, 'response')) as [http.IncomingMessage];
      response.pause();
      const closed = once(seen.source as Readable, 'close');
      setTimeout(() => outgoing.destroy(), 50);
      outgoing.on('error', () => undefined);
      await closed;
      assert.ok(sent < 100_000_000);
    });
  });

  it('is not read for HEAD', async () => {
    seen.source = Readable.from(['x']);
    await serve([Waiting]).request.head('/streamed').expect(200);
    assert.equal(seen.source.destroyed, true);
  });

  it('that comes too late is destroyed', async () => {
    seen.source = Readable.from(['x']);
    await serve([Waiting], { requestMs: 20 }).request.get('/late-stream').expect(504);
    const closed = once(seen.source, 'close');
    seen.release?.(undefined);
    await closed;
  });

  it('may be an async generator, or anything with pipe', async () => {
    const { request } = serve([Waiting]);
    assert.equal((await request.get('/generated').expect(200)).text, 'one two');
    assert.equal((await request.get('/old-style').expect(200)).text, 'piped');
  });
});

describe('the id of a request', () => {
  it('is the app’s, or the client’s where it is a plain word, or a new one', async () => {
    const withId = serve([Waiting], {
      before: [(request, _response, next) => (Object.assign(request, { id: 17 }), next())],
    });
    await withId.request.get('/id').expect(200, { id: '17', plugin: 'sample', same: true });
    const { request } = serve([Waiting]);
    await request
      .get('/id')
      .set('x-request-id', 'abc-1')
      .expect(200, { id: 'abc-1', plugin: 'sample', same: true });
    const { body } = await request.get('/id').set('x-request-id', '<script>').expect(200);
    assert.match((body as { id: string }).id, /^[0-9a-f-]{36}$/);
  });

  it('is unknown for a request that no action serves', () => {
    assert.equal(requestContext({}), undefined);
    assert.equal(requestContext(undefined), undefined);
  });
});
