import { once } from 'node:events';
import { createServer } from 'node:net';
import { Plugin } from 'plugboard';

// #region exclusive
@Plugin({ name: 'scheduler', reload: 'exclusive' })
export class Scheduler {
  readonly #server = createServer();

  async onStart(): Promise<void> {
    this.#server.listen(Number(process.env.SCHEDULER_PORT ?? 9_999));
    await once(this.#server, 'listening');
  }

  async onStop(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}
// #endregion
