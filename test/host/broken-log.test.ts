import { equal, match } from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Get, JsonController } from 'routing-controllers';
import { createHost, Logger, Plugin, type LogTarget } from 'plugboard';

@Plugin({ name: 'talkative' })
@JsonController('/talk')
class Talkative {
  constructor(private readonly log: Logger) {}
  onStart(): void {
    this.log.info('here I am');
  }
  @Get() talk(): string {
    this.log.info('somebody has asked');
    return 'here';
  }
  @Get('/fail') fail(): void {
    throw new Error('out of words');
  }
}
@Plugin({ name: 'broken' })
class Broken {
  onStart(): void {
    throw new Error('never');
  }
}

/** What is written on standard error while `work` is done. */
async function errorsOf(work: () => Promise<void>): Promise<string> {
  const { write } = process.stderr;
  let errors = '';
  process.stderr.write = (text: string | Uint8Array): boolean => {
    errors += String(text);
    return true;
  };
  try {
    await work();
  } finally {
    process.stderr.write = write;
  }
  return errors;
}

const full = new Error('no space left on device');
const throwing = (): never => {
  throw full;
};
const rejecting = async (): Promise<never> => Promise.reject(full);

describe('a host whose log fails', () => {
  for (const [how, write] of [
    ['by throwing', throwing],
    ['by a rejected promise', rejecting],
  ] as const) {
    it(`serves all the same, and says it once on standard error, where it fails ${how}`, async () => {
      const log: LogTarget = { trace: write, debug: write, info: write, warn: write, error: write };
      const errors = await errorsOf(async () => {
        const settings = { nobody: {} };
        const host = createHost({ plugins: [Talkative, Broken], settings, log });
        const server = await host.listen(0);
        const { port } = server.address() as AddressInfo;
        const answer = await fetch(`http://localhost:${port}/talk`);
        equal(await answer.text(), '"here"');
        equal((await fetch(`http://localhost:${port}/talk/fail`)).status, 500);
        const closed = once(server, 'close');
        await host.close();
        await closed;
      });
      equal(errors.match(/log has failed/g)?.length, 1);
      match(errors, /^Plugboard: .*no space left on device\nLook at .*createHost\(\{ log \}\)/);
    });
  }
});
