import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** One answer, or why there was none. */
export interface Answered {
  readonly path: string;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly body: string;
  /** From the request to the end of its answer, in ms. */
  readonly ms: number;
}

/** Clients that ask one after the other without a pause, each on a connection that is kept, until they are stopped. */
export class Clients {
  readonly answers: Answered[] = [];
  readonly #agent: Agent;
  readonly #loops: readonly Promise<void>[];
  #isStopped = false;

  constructor(
    private readonly port: number,
    private readonly paths: readonly string[],
    count = 32,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: count });
    this.#loops = Array.from({ length: count }, async (_, index) => this.#askOn(index));
  }

  /** Ends them when the request that each is at is answered. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#loops);
    this.#agent.destroy();
  }

  /** Resolves when so many more have been answered. */
  async moreAnswers(count: number): Promise<void> {
    const enough = this.answers.length + count;
    while (this.answers.length < enough) await new Promise(setImmediate);
  }

  async #askOn(index: number): Promise<void> {
    for (let turn = index; !this.#isStopped; turn++) {
      const path = this.paths[turn % this.paths.length] ?? '/';
      const begin = performance.now();
      const { status, body } = await ask(this.port, path, this.#agent);
      this.answers.push({ path, status, body, ms: performance.now() - begin });
    }
  }
}

/** One request; status 0 and the reason where there is no answer. */
export async function ask(
  port: number,
  path: string,
  agent?: Agent,
): Promise<{ readonly status: number; readonly body: string }> {
  try {
    const asking = request({ port, path, agent }).end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, body: await text(response) };
  } catch (error) {
    return { status: 0, body: String(error) };
  }
}
