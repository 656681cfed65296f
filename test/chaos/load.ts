import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Lap, Order } from './load-process.ts';

/** Clients in another process, which ask for these paths and expect these answers. */
export class Load {
  readonly #process: ChildProcess;

  constructor(port: number, expected: Readonly<Record<string, string>>, everyMs = 8) {
    const args = [String(port), JSON.stringify(expected), String(everyMs)];
    this.#process = fork(join(import.meta.dirname, 'load-process.ts'), args, {
      execArgv: ['--import', 'plugboard/register'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
  }

  /** What they have seen since the last lap, and so many requests more. */
  async lap(more = 16): Promise<Lap> {
    return this.#order(more);
  }

  async stop(): Promise<Lap> {
    const exit = once(this.#process, 'exit');
    const lap = await this.#order('stop');
    await exit;
    return lap;
  }

  async #order(order: Order): Promise<Lap> {
    const answer = once(this.#process, 'message') as Promise<[Lap]>;
    this.#process.send(order);
    return (await answer)[0];
  }
}
