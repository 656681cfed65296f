import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response } from 'express';
import {
  Body,
  Controller,
  Get,
  JsonController,
  Param,
  Post,
  Req,
  Res,
  UploadedFile,
} from 'routing-controllers';
import { Plugin, RequestSignal } from 'plugboard';
import { complaints, inEachWay, type Served } from './ways.ts';
import { bytesOf, exchange, Wire } from './wire.ts';

const events = new EventEmitter();
const chunk = Buffer.alloc(64 * 1024, 'x');
/** More than all buffers of both ends of a connection hold. */
const manyChunks = 800;

/** What a source has given, and whether it was ended before its time. */
class Source {
  given = 0;
  isClosed = false;

  close(): void {
    this.isClosed = true;
    events.emit('source closed', this);
  }

  /** The next of its chunks; undefined at its end. */
  next(): Buffer | undefined {
    if (this.given === manyChunks) return undefined;
    this.given++;
    return chunk;
  }
}

let source = new Source();

/** One source as each kind of stream that an action may return. */
const kinds: Readonly<Record<string, (source: Source) => unknown>> = {
  'a Node stream': (source) =>
    new Readable({
      read() {
        this.push(source.next() ?? null);
      },
      destroy(error, done) {
        source.close();
        done(error);
      },
    }),
  'a web stream': (source) =>
    new ReadableStream<Buffer>({
      pull(controller) {
        const next = source.next();
        if (next) controller.enqueue(next);
        else controller.close();
      },
      cancel() {
        source.close();
      },
    }),
  'an async generator': async function* (source) {
    try {
      for (let next = source.next(); next; next = source.next()) yield next;
    } finally {
      source.close();
    }
  },
};

@JsonController('/aborts')
class Aborts {
  @Get('/waits') async waits(@RequestSignal() signal: AbortSignal) {
    events.emit('action began');
    await once(signal, 'abort');
    events.emit('signal fired', signal);
    signal.throwIfAborted();
  }
  @Get('/deaf') async deaf(@Req() request: Request) {
    events.emit('action began');
    await once(request.res as Response, 'close');
    queueMicrotask(() => events.emit('deaf ended'));
    return { late: true };
  }
  @Post('/body') body(@Body() body: unknown) {
    events.emit('body read');
    return { body };
  }
  @Post('/file') file(@UploadedFile('file') file: { size: number }) {
    return { size: file.size };
  }
  @Post('/raw') async raw(@Req() request: Request, @RequestSignal() signal: AbortSignal) {
    events.emit('action began');
    signal.addEventListener('abort', () => events.emit('signal fired', signal));
    let size = 0;
    for await (const part of request) size += (part as Buffer).length;
    return { size };
  }
  @Get('/quick') quick() {
    return { quick: true };
  }
  @Get('/late/:kind') late(@Param('kind') kind: string) {
    return Readable.from(kind === 'objects' ? [{ a: 1 }, { b: 2 }] : [1, 2]);
  }
  @Get('/objects') async *objects() {
    yield { a: 1 };
  }
  @Get('/failed') async failed() {
    const stream = new Readable({ read() {} });
    stream.on('error', () => undefined);
    stream.destroy(new Error('failed before it was returned'));
    await once(stream, 'close');
    return stream;
  }
  @Get('/breaks') async *breaks() {
    yield 'some';
    throw new Error('breaks');
  }
  @Get('/breaks/first') breaksFirst() {
    return new Readable({
      read() {
        this.destroy(new Error('breaks'));
      },
    });
  }
}

@Controller('/streams')
class Streams {
  @Get('/:kind') stream(@Param('kind') kind: string, @Res() response: Response) {
    events.emit('stream began', response);
    return kinds[kind]?.(source);
  }
}

// Of the size of the sources.
const folder = mkdtempSync(join(tmpdir(), 'plugboard-aborts-'));

@Plugin({ name: 'aborts', controllers: [Aborts, Streams], assets: folder })
class AbortsPlugin {}

const options = () => ({ plugins: [AbortsPlugin] });

before(async () => {
  await writeFile(join(folder, 'large.bin'), '');
  await truncate(join(folder, 'large.bin'), chunk.length * manyChunks);
});
after(async () => rm(folder, { recursive: true, force: true }));

describe('a client that goes', () => {
  inEachWay(options, (served) => {
    afterEach(async () => {
      equal((await exchange(served(), { path: '/aborts/quick' })).status, 200);
      deepEqual(complaints(served()), []);
    });

    it('fires the signal of the action that it was waiting for', async () => {
      const wire = await begin(served(), { path: '/aborts/waits' });
      const fired = once(events, 'signal fired');
      wire.close();
      const [{ reason }] = (await fired) as [AbortSignal];
      equal((reason as Error).name, 'AbortError');
    });

    it('fires the signals of all actions that it was waiting for, also of those whose turn has not come', async () => {
      const wire = await begin(served(), { path: '/aborts/waits' });
      const began = once(events, 'action began');
      wire.send(bytesOf({ path: '/aborts/waits' }, served().prefix));
      await began;
      const fired = new Promise<void>((resolve) => {
        let count = 0;
        events.on('signal fired', () => {
          if (++count === 2) resolve();
        });
      });
      wire.close();
      await fired;
      events.removeAllListeners('signal fired');
    });

    it('is nothing to an action that does not listen', async () => {
      const wire = await begin(served(), { path: '/aborts/deaf' });
      const ended = once(events, 'deaf ended');
      wire.close();
      await ended;
    });

    it('in the middle of its body calls no action', async () => {
      let calls = 0;
      const count = (): void => void calls++;
      events.on('body read', count);
      const headers = ['Content-Type: application/json', 'Content-Length: 100'];
      const closed = await sendPart(served(), {
        method: 'POST',
        path: '/aborts/body',
        headers,
        body: '{"a":',
      });
      await closed;
      events.off('body read', count);
      equal(calls, 0);
    });

    it('in the middle of a chunked body calls no action', async () => {
      const headers = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
      await sendPart(served(), { method: 'POST', path: '/aborts/body', headers, body: '5\r\n{"a":\r\n' });
    });

    it('in the middle of an upload is no failure of the plugin', async () => {
      const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nsome bytes';
      const headers = ['Content-Type: multipart/form-data; boundary=b', 'Content-Length: 10000'];
      await sendPart(served(), { method: 'POST', path: '/aborts/file', headers, body: head });
    });

    it('in the middle of what the action reads itself is no failure of the plugin', async () => {
      const headers = ['Content-Length: 100'];
      const fired = once(events, 'signal fired');
      const began = once(events, 'action began');
      const wire = (await Wire.to(served())).send(
        bytesOf({ method: 'POST', path: '/aborts/raw', headers, body: 'some' }, served().prefix),
      );
      await began;
      wire.close();
      await fired;
    });

    it('in the middle of an asset leaves no file open', async () => {
      const asked = once(served().server, 'request') as Promise<[Request, Response]>;
      const wire = await Wire.to(served());
      wire.send(bytesOf({ path: '/aborts/assets/large.bin' }, served().prefix));
      const [, response] = await asked;
      const [file] = (await once(response, 'pipe')) as [Readable];
      await once(wire.socket, 'data');
      const closed = once(file, 'close');
      wire.close();
      await closed;
    });

    for (const kind of Object.keys(kinds)) {
      it(`ends what it was being sent: ${kind}`, async () => {
        source = new Source();
        const closed = once(events, 'source closed');
        const wire = await Wire.to(served());
        wire.send(bytesOf({ path: `/streams/${encodeURIComponent(kind)}` }, served().prefix));
        await once(wire.socket, 'data');
        wire.close();
        await closed;
        ok(source.given < manyChunks);
      });

      it(`ends what it only asks the headers of: ${kind}`, async () => {
        source = new Source();
        const closed = once(events, 'source closed');
        const path = `/streams/${encodeURIComponent(kind)}`;
        equal((await exchange(served(), { method: 'HEAD', path })).status, 200);
        // A generator that was never begun has nothing to end.
        if (kind !== 'an async generator') await closed;
        ok(source.given < 20);
      });
    }
  });

  /** Sends a request and waits until its action has begun. */
  async function begin(served: Served, request: { readonly path: string }): Promise<Wire> {
    const began = once(events, 'action began');
    const wire = (await Wire.to(served)).send(bytesOf(request, served.prefix));
    await began;
    return wire;
  }

  /** Sends less than it says, goes, and waits until the server has noticed. */
  async function sendPart(served: Served, request: Parameters<typeof bytesOf>[0]): Promise<void> {
    const asked = once(served.server, 'request') as Promise<[Request, Response]>;
    const wire = (await Wire.to(served)).send(bytesOf(request, served.prefix));
    const [, response] = await asked;
    const closed = once(response, 'close');
    wire.close();
    await closed;
    // Whoever is told of it comes to know it in this turn and the next.
    await new Promise((resolve) => setImmediate(resolve));
  }
});

describe('a client that reads slowly', () => {
  inEachWay(options, (served) => {
    for (const kind of Object.keys(kinds)) {
      it(`is waited for, and gets all in the end: ${kind}`, async () => {
        source = new Source();
        const began = once(events, 'stream began') as Promise<[Response]>;
        const wire = await Wire.to(served());
        wire.socket.pause();
        wire.send(bytesOf({ path: `/streams/${encodeURIComponent(kind)}` }, served().prefix));
        const [response] = await began;
        await standstill();
        const { given } = source;
        ok(given < manyChunks / 2, `${given} chunks were read ahead`);
        ok(response.writableLength < 2_000_000, `${response.writableLength} bytes are held`);
        wire.socket.removeAllListeners('data');
        let size = 0;
        const ended = once(response, 'finish');
        wire.socket.on('data', (part: Buffer) => (size += part.length));
        wire.socket.resume();
        await ended;
        equal(source.given, manyChunks);
        ok(size > 0);
        wire.close();
      });
    }
  });

  /** Resolves when the source has not been asked for some time: all buffers are full. */
  async function standstill(): Promise<void> {
    for (let last = -1, calm = 0; calm < 5; calm = source.given === last ? calm + 1 : 0) {
      last = source.given;
      await pause(10);
    }
  }
});

describe('a stream that can’t be sent', () => {
  inEachWay(options, (served) => {
    for (const path of ['late/objects', 'late/numbers', 'objects', 'breaks/first']) {
      it(`is 500 where nothing of it was sent: ${path}`, async () => {
        const before = complaints(served()).length;
        const { status, body } = await exchange(served(), { path: `/aborts/${path}` });
        equal(status, 500);
        match(body, /InternalServerError/);
        equal(complaints(served()).length, before + 1);
      });
    }

    it('breaks the connection where a part of it was sent', async () => {
      const wire = (await Wire.to(served())).send(bytesOf({ path: '/aborts/breaks' }, served().prefix));
      const received = await wire.rest();
      match(received, /some/);
      ok(!received.endsWith('0\r\n\r\n'));
    });

    it('is 500 where it had failed before it was returned', async () => {
      equal((await exchange(served(), { path: '/aborts/failed' })).status, 500);
    });
  });
});
