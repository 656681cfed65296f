import { deepEqual, equal, ok } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Get, JsonController } from 'routing-controllers';
import { createHost, Plugin, type Host } from 'plugboard';
import { captureLog, closeHosts, folderWith, quietHost, removeFolders } from '../host/hosting.ts';
import { Clients } from './clients.ts';

/** At least 250 reloads are asked for. */
const reloads = Number(process.env['CHAOS_RELOADS'] ?? 260);

const version = (number: number): string => `
  import { Plugin } from 'plugboard';
  import { Get, JsonController, QueryParam } from 'routing-controllers';
  @Plugin({ name: 'swapped' })
  @JsonController('/swapped')
  export class Swapped {
    private isStopped = false;
    onStop(): void { this.isStopped = true; }
    @Get() at() { return { version: ${number}, isStopped: this.isStopped }; }
    @Get('/slow') async slow() {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return this.at();
    }
  }`;

interface Seen {
  readonly version: number;
  readonly isStopped: boolean;
}

async function portOf(host: Host): Promise<number> {
  return ((await host.listen(0)).address() as AddressInfo).port;
}

describe('a plugin that is replaced again and again while 32 clients ask', function () {
  this.timeout(170_000);
  afterEach(closeHosts);
  afterEach(removeFolders);

  it(`answers every request in ${reloads} reloads, and none by a generation that was stopped`, async () => {
    const folder = await folderWith({ 'swapped/index.ts': version(1) });
    const host = quietHost({ plugins: [folder] });
    const clients = new Clients(await portOf(host), ['/swapped', '/swapped/slow']);
    for (let number = 2; number <= reloads + 1; number++) {
      await writeFile(join(folder, 'swapped/index.ts'), version(number));
      const { generation, failure } = await host.reload('swapped');
      deepEqual([generation, failure], [number, undefined]);
      await clients.moreAnswers(32);
    }
    await clients.stop();
    const failed = clients.answers.filter(({ status }) => status !== 200);
    deepEqual(failed, []);
    const seen = clients.answers.map(({ body }) => JSON.parse(body) as Seen);
    equal(seen.filter(({ isStopped }) => isStopped).length, 0);
    // Each version was really served.
    equal(new Set(seen.map((one) => one.version)).size, reloads + 1);
  });
});

describe('a host that is closed while clients ask', function () {
  this.timeout(60_000);

  it('answers every request that it has accepted, and then no more', async () => {
    let entered = 0;
    let left = 0;
    @Plugin({ name: 'busy' })
    @JsonController('/busy')
    class Busy {
      @Get() async answer(): Promise<string> {
        entered++;
        await new Promise((resolve) => setTimeout(resolve, 10));
        left++;
        return 'done';
      }
    }
    const host = createHost({ plugins: [Busy], log: captureLog([]) });
    const clients = new Clients(await portOf(host), ['/busy']);
    await clients.moreAnswers(200);
    await host.close();
    await clients.stop();
    equal(left, entered);
    const answered = clients.answers.filter(({ status }) => status === 200);
    equal(answered.length, entered);
    // The others were refused a connection, or told that the host is closing.
    const others = clients.answers.filter(({ status }) => status !== 200);
    ok(
      others.every(
        ({ status, body }) => status === 503 || /ECONNREFUSED|ECONNRESET|socket hang up/.test(body),
      ),
    );
  });
});
