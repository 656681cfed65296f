import { EventEmitter, once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** One answer, or why there was none. */
export interface Answered {
  readonly path: string;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly body: string;
  /** From when it was to be asked for to the end of its answer, in ms. */
  readonly ms: number;
}

export interface ClientsOptions {
  readonly count?: number;
  /**
   * Each client asks once in so many ms. A request that has to wait for the one before has waited since its turn: so a
   * server that stands still is seen by all that would have come meanwhile. Default 0: without a pause.
   */
  readonly everyMs?: number;
}

/** Clients that ask one after the other, each on a connection that is kept, until they are stopped. */
export class Clients {
  readonly answers: Answered[] = [];
  readonly #arrivals = new EventEmitter();
  readonly #agent: Agent;
  readonly #loops: readonly Promise<void>[];
  readonly #everyMs: number;
  #isStopped = false;

  constructor(
    private readonly port: number,
    private readonly paths: readonly string[],
    { count = 32, everyMs = 0 }: ClientsOptions = {},
  ) {
    this.#everyMs = everyMs;
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
    while (this.answers.length < enough) await once(this.#arrivals, 'answer');
  }

  async #askOn(index: number): Promise<void> {
    let due = performance.now() + this.#everyMs * Math.random();
    for (let turn = index; !this.#isStopped; turn++) {
      const path = this.paths[turn % this.paths.length] ?? '/';
      const begin = await this.#turn(due);
      const { status, body } = await ask(this.port, path, this.#agent);
      const end = performance.now();
      this.answers.push({ path, status, body, ms: end - begin });
      this.#arrivals.emit('answer');
      due += this.#everyMs;
    }
  }

  /** When the request is to be asked for: a client that comes in time does not count how late its timer was. */
  async #turn(due: number): Promise<number> {
    const now = performance.now();
    if (this.#everyMs === 0) return now;
    if (now >= due) return due;
    await pause(due - now);
    return performance.now();
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
