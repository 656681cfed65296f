import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Host, PluginStatus } from 'plugboard';
import { Script } from '../fixtures/chaos/script.ts';
import { Stage } from '../fixtures/escapes/stage.ts';
import { plugin } from '../host/broken-plugins.ts';
import { folderWith, quietHost, statusOf } from '../host/hosting.ts';
import type { Seen, Trial } from './faults/fault.ts';
import { healthyAnswers, healthyPlugins } from './healthy-plugins.ts';
import { Journal } from './journal.ts';
import { Load } from './load.ts';

/** Where rude plugins are. */
export const fixtures = join(import.meta.dirname, '../fixtures/chaos');

/** A host with healthy plugins under load, to which broken ones come. */
export class Arena {
  readonly journal: Journal;
  readonly load: Load;

  private constructor(
    readonly host: Host,
    private readonly port: number,
  ) {
    this.journal = new Journal(host);
    this.load = new Load(port, healthyAnswers);
  }

  static async open(): Promise<Arena> {
    const folder = await folderWith({ 'a-healthy/index.ts': plugin('a-healthy') });
    const host = quietHost({
      plugins: [...healthyPlugins, folder],
      services: [Script, Stage],
      settings: { 'bad-config': { config: { smtp: { port: 'hunter2' } } } },
    });
    const server = await host.listen(0);
    const arena = new Arena(host, (server.address() as AddressInfo).port);
    await arena.load.lap();
    return arena;
  }

  get script(): Script {
    return this.host.get(Script);
  }

  async attempt({ run, expected }: Trial): Promise<Seen> {
    this.journal.open();
    return run(this, expected);
  }

  /** What the host has goes on: what listens to it is called. */
  play(): void {
    this.host.get(Stage).play();
  }

  statusOf(plugin: string): PluginStatus {
    return statusOf(this.host, plugin);
  }

  /** The status of an answer; 0 where there is none, or only a part. */
  async ask(path: string): Promise<number> {
    try {
      const asking = request({ port: this.port, path, agent: false }).end();
      const [response] = (await once(asking, 'response')) as [IncomingMessage];
      await finished(response.resume());
      return response.statusCode ?? 0;
    } catch {
      return 0;
    }
  }
}
