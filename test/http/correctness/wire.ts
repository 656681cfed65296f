import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Served } from './ways.ts';

/** An answer as it came over the wire. */
export interface Answer {
  readonly version: string;
  readonly status: number;
  /** Names in lower case; values of one name joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: Buffer;
}

/** A connection to a server on which a test writes what it likes. Client libraries would correct it. */
export class Wire {
  private buffer = Buffer.alloc(0);
  private hasEnded = false;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk) => {
      this.buffer = Buffer.concat([this.buffer, chunk]);
      socket.emit('progress');
    });
    const end = (): void => {
      this.hasEnded = true;
      socket.emit('progress');
    };
    socket.on('end', end);
    socket.on('close', end);
    socket.on('error', end);
  }

  static async to({ port }: Pick<Served, 'port'>): Promise<Wire> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Wire(socket);
  }

  send(...parts: readonly (string | Buffer)[]): this {
    for (const part of parts) this.socket.write(part);
    return this;
  }

  /** The next answer; to a HEAD request it has no body, whatever its headers say. */
  async answer({ toHead = false } = {}): Promise<Answer> {
    const [statusLine = '', ...lines] = (await this.head()).split('\r\n');
    const [version = '', status = ''] = statusLine.split(' ');
    const headers: Record<string, string> = {};
    for (const line of lines) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon).toLowerCase();
      const value = line.slice(colon + 1).trim();
      headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
    }
    const isBodiless = toHead || /^(?:1..|204|304)$/.test(status);
    const bytes = isBodiless ? Buffer.alloc(0) : await this.body(headers);
    return { version, status: Number(status), headers, body: bytes.toString(), bytes };
  }

  /** Resolves when the server has closed the connection; with what it has sent besides the answers that were read. */
  async rest(): Promise<string> {
    await this.until(() => this.hasEnded);
    return this.buffer.toString();
  }

  close(): void {
    this.socket.destroy();
  }

  private async head(): Promise<string> {
    await this.until(() => this.buffer.includes('\r\n\r\n') || this.hasEnded);
    const end = this.buffer.indexOf('\r\n\r\n');
    if (end < 0) throw new Error(`The connection was closed after ${JSON.stringify(this.buffer.toString())}`);
    return this.take(end + 4)
      .toString('latin1')
      .slice(0, -4);
  }

  private async body(headers: Readonly<Record<string, string>>): Promise<Buffer> {
    if (headers['transfer-encoding'] === 'chunked') return this.chunks();
    const length = headers['content-length'];
    if (length !== undefined) return this.exactly(Number(length));
    await this.until(() => this.hasEnded);
    return this.take(this.buffer.length);
  }

  private async chunks(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (;;) {
      await this.until(() => this.buffer.includes('\r\n') || this.hasEnded);
      const line = this.buffer.indexOf('\r\n');
      if (line < 0) throw new Error('The connection was closed in the middle of the body');
      const size = Number.parseInt(this.take(line + 2).toString(), 16);
      const chunk = await this.exactly(size + 2);
      if (size === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, size));
    }
  }

  private async exactly(size: number): Promise<Buffer> {
    await this.until(() => this.buffer.length >= size || this.hasEnded);
    if (this.buffer.length < size) throw new Error('The connection was closed in the middle of the body');
    return this.take(size);
  }

  private take(size: number): Buffer {
    const taken = this.buffer.subarray(0, size);
    this.buffer = this.buffer.subarray(size);
    return taken;
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.socket, 'progress');
  }
}

/** A request as it is to be written on a wire. */
export interface RawRequest {
  readonly method?: string;
  /** Of the host; each way puts its prefix in front. */
  readonly path?: string;
  /** The whole target of the request line, where it is not a path. */
  readonly target?: (prefix: string) => string;
  readonly version?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

/** The bytes of a request. `Content-Length` is set where there is a body and nothing is said of it. */
export function bytesOf(request: RawRequest, prefix: string): Buffer {
  const { method = 'GET', path = '/', target, version = '1.1', headers = [], body = '' } = request;
  const said = headers.some((header) => /^(?:content-length|transfer-encoding):/i.test(header));
  const host = headers.some((header) => /^host:/i.test(header)) ? [] : ['Host: test.local'];
  const length = body.length > 0 && !said ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
  const line = `${method} ${target?.(prefix) ?? prefix + path} HTTP/${version}`;
  const head = [line, ...host, ...headers, ...length, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

/** One request on a connection of its own. */
export async function exchange(served: Served, request: RawRequest): Promise<Answer> {
  const wire = await Wire.to(served);
  try {
    return await wire.send(bytesOf(request, served.prefix)).answer({ toHead: request.method === 'HEAD' });
  } finally {
    wire.close();
  }
}
