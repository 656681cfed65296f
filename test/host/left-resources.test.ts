import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { Plugin, token } from 'plugboard';
import { inject } from 'inversify';
import { closeHosts, folderWith, removeFolders, serve } from './hosting.ts';

const Bus = token<EventEmitter>('left.bus');
class HostBus extends EventEmitter {}

const careless = `
  import { inject } from 'inversify';
  import { createServer } from 'node:net';
  import { Plugin, token } from 'plugboard';
  @Plugin({ name: 'careless' })
  export class Careless {
    constructor(@inject(token('left.bus')) bus: any) {
      bus.on('news', () => undefined);
    }
    async onStart() {
      setInterval(() => undefined, 60_000);
      const server = createServer();
      await new Promise((resolve) => server.listen(0, () => resolve(undefined)));
      (globalThis as any).carelessPort = (server.address() as any).port;
    }
  }`;

describe('what a plugin leaves behind when it is stopped', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  it('is closed, and named in the log with the line that made it', async () => {
    const folder = await folderWith({ 'careless/index.ts': careless });
    @Plugin({ name: 'listener' })
    class Listener {
      constructor(@inject(Bus) readonly bus: EventEmitter) {}
    }
    const { host, logs } = await serve({
      plugins: [folder, Listener],
      services: [[Bus, HostBus]],
    });
    const shared = host.get(Bus);
    equal(shared.listenerCount('news'), 1);
    await host.unload('careless');
    equal(shared.listenerCount('news'), 0);
    const left = logs.filter(({ plugin, kind }) => plugin === 'careless' && kind !== undefined);
    const named = new Set(left.map(({ kind, closed }) => `${String(kind)}: ${String(closed)}`));
    deepEqual(named, new Set(['interval: true', 'listener: true', 'server: true']));
    for (const { startedAt } of left) match(String(startedAt), /careless\/index\.ts:\d+:\d+$/);
    const { carelessPort } = globalThis as { carelessPort?: number };
    const socket = connect({ port: carelessPort ?? 0 });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    equal(error.code, 'ECONNREFUSED');
  });

  it('is nothing where it has closed all by itself', async () => {
    @Plugin({ name: 'careful' })
    class Careful {
      readonly #timer = setInterval(() => undefined, 60_000);
      onStop(): void {
        clearInterval(this.#timer);
      }
    }
    const { host, logs } = await serve({ plugins: [Careful] });
    await host.unload('careful');
    equal(
      logs.some(({ kind }) => kind !== undefined),
      false,
    );
  });

  it('is left alone with leaks: false', async () => {
    let timer: NodeJS.Timeout | undefined;
    @Plugin({ name: 'kept' })
    class Kept {
      onStart(): void {
        timer = setInterval(() => undefined, 60_000);
      }
    }
    const { host } = await serve({ plugins: [Kept], leaks: false });
    await host.unload('kept');
    ok(timer && !(timer as unknown as { readonly _destroyed: boolean })._destroyed);
    clearInterval(timer);
  });
});
