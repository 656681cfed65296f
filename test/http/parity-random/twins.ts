import { createServer, request, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { own, reference } from '../parity-harness.ts';
import type { Served } from '../parity-table.ts';

export interface Question {
  readonly method: string;
  /** Sent as it is: it may be malformed. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Two servers that stay: one for the engine, one for routing-controllers, each with the app of the moment. */
export class Twins {
  readonly #ours = new OneServer();
  readonly #theirs = new OneServer();

  async start(): Promise<void> {
    await Promise.all([this.#ours.start(), this.#theirs.start()]);
  }

  /** Ours first: where routing-controllers changes shared state, it can't help us. */
  serve(served: Served): void {
    this.#ours.listener = own(served);
    this.#theirs.listener = reference(served);
  }

  async ask(question: Question): Promise<readonly [ours: Reply, theirs: Reply]> {
    return Promise.all([this.#ours.ask(question), this.#theirs.ask(question)]);
  }

  stop(): void {
    this.#ours.stop();
    this.#theirs.stop();
  }
}

class OneServer {
  listener: RequestListener = (_request, response) => response.end();
  readonly #server: Server = createServer((request, response) => this.listener(request, response));

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  // No connection serves twice: routing-controllers calls next() after its answer, and then Express hangs up.
  async ask({ method, path, headers = {}, body }: Question): Promise<Reply> {
    const { port } = this.#server.address() as AddressInfo;
    const sent = request({ agent: false, host: '127.0.0.1', port, method, path, headers: { ...headers } });
    const answered = new Promise<Reply>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('error', reject);
        response.on('end', () => resolve(stable(response.statusCode ?? 0, response.headers, text)));
      });
    });
    sent.end(body);
    return answered;
  }
}

/** Without the time, and of Express's page for an error only the first line: then comes the stack. */
function stable(status: number, sent: Record<string, unknown>, text: string): Reply {
  const headers = { ...sent, date: undefined };
  const [shown, error] = /<pre>(.*?)(?:<br>|<\/pre>)/.exec(text) ?? [];
  if (shown === undefined || !text.includes('<title>Error</title>')) return { status, headers, text };
  return { status, headers: { ...headers, 'content-length': 'any' }, text: `Error page: ${error}` };
}
