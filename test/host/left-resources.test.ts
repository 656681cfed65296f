import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Host, type HostOptions, Plugin, token } from 'plugboard';
import { inject } from 'inversify';
import { closeHosts, folderWith, quietHost, removeFolders, serve, statusOf } from './hosting.ts';

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

const listening = `
  import { Plugin } from 'plugboard';
  process.on('SIGUSR2', () => undefined);
  @Plugin({ name: 'listening' })
  export class Listening {
    constructor() {
      process.once('SIGUSR2', () => undefined);
    }
    onStart() {
      process.prependListener('SIGUSR2', () => undefined);
    }
  }`;

/** A host that finds its packages from this folder. */
function hostIn(folder: string, options: HostOptions): Host {
  const here = process.cwd();
  process.chdir(folder);
  try {
    return quietHost(options);
  } finally {
    process.chdir(here);
  }
}

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

  it('is a listener on process, too, wherever it was added: in its modules, its constructor, its start', async () => {
    const before = process.listeners('SIGUSR2');
    const folder = await folderWith({ 'listening/index.ts': listening });
    const { host, logs } = await serve({ plugins: [folder] });
    for (const change of ['reload', 'unload'] as const) {
      equal(process.listenerCount('SIGUSR2'), before.length + 3);
      await host[change]('listening');
    }
    deepEqual(process.listeners('SIGUSR2'), before);
    const left = logs.filter(({ kind }) => kind === 'listener');
    deepEqual(
      left.map(({ startedAt, closed }) => [/index\.ts:(\d+)/.exec(String(startedAt))?.[1], closed]),
      ['7', '10', '3', '7', '10', '3'].map((line) => [line, true]),
    );
  });

  it('is closed where its modules have begun it, also of one that has never run', async () => {
    const text = `
      import { Plugin } from 'plugboard';
      setInterval(() => undefined, 60_000);
      @Plugin({ name: 'broken' })
      export class Broken {
        constructor() { throw new Error('no'); }
      }`;
    const folder = await folderWith({ 'broken/index.ts': text });
    const { host, logs } = await serve({ plugins: [folder] });
    equal(statusOf(host, 'broken').state, 'failed');
    equal((await host.unload('broken')).state, 'stopped');
    const [left] = logs.filter(({ kind }) => kind !== undefined);
    deepEqual([left?.kind, left?.closed], ['interval', true]);
  });

  it('is not what the modules of a package have begun, which are there once for all', async () => {
    const text = `
      import { Plugin } from 'plugboard';
      process.on('SIGUSR2', () => undefined);
      class Packed {}
      Plugin({ name: 'packed' })(Packed);
      export { Packed };`;
    const folder = await folderWith({
      'node_modules/packed/index.js': text,
      'node_modules/packed/package.json': '{ "name": "packed", "type": "module", "exports": "./index.js" }',
    });
    await symlink(process.cwd(), join(folder, 'node_modules/plugboard'));
    const before = process.listeners('SIGUSR2');
    const host = hostIn(folder, { plugins: ['packed'] });
    await host.start();
    await host.unload('packed');
    equal((await host.load('packed')).state, 'running');
    const added = process.listeners('SIGUSR2').filter((listener) => !before.includes(listener));
    equal(added.length, 1);
    for (const listener of added) process.off('SIGUSR2', listener);
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
