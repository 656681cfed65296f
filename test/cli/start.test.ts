import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { statusTable } from '#lib/cli/status-table.js';
import { readPort } from '#lib/cli/port.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = (name: string): string => fileURLToPath(new URL(`../fixtures/cli/${name}`, import.meta.url));

interface Run {
  /** What was printed, up to the line that was waited for. */
  readonly output: string;
  /** Its exit code, after SIGTERM. */
  ended(): Promise<number>;
  /** Its exit code, when it ends by itself. */
  readonly exited: Promise<number>;
}

/** Runs the command in a folder until it has printed `until`, or has ended. */
async function run(cwd: string, port: string, until = /Open:\n {2}.+\n|Listening on .+\n/): Promise<Run> {
  const child = spawn(process.execPath, [main], {
    cwd,
    env: { ...process.env, PORT: port, NODE_OPTIONS: '' },
  });
  const closed = once(child, 'close') as Promise<[number]>;
  let output = '';
  const printed = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => {
        output += text.toString();
        if (until.test(output)) resolve();
      });
    }
  });
  await Promise.race([printed, closed]);
  const ended = async (): Promise<number> => {
    child.kill('SIGTERM');
    return (await closed)[0];
  };
  return { output, ended, exited: closed.then(([code]) => code) };
}

describe('the command plugboard', () => {
  it('serves what runs, says of what failed why and what to do, and ends with 0 on SIGTERM', async () => {
    const { output, ended } = await run(folder('mixed'), '0');
    match(output, /│ hello +│ 1\.2\.3 +│ running │ +\d+ ms │ GET \/hello +│/);
    match(output, /│ no-database │ 0\.1\.0 +│ failed +│/);
    match(output, /✗ no-database \(start, START_FAILED\)\n.*ECONNREFUSED.*\n {2}Fix: .+/);
    const [url = ''] = /http:\/\/localhost:\d+\/hello/.exec(output) ?? [];
    deepEqual(await (await fetch(url)).json(), { hello: 'world' });
    doesNotMatch(output, /http:.*:name/);
    equal(await ended(), 0);
  });

  it('says so where there is no folder of plugins, and listens all the same', async () => {
    const { output, ended } = await run(folder('mixed/plugins/hello'), '0');
    match(output, /SOURCE_NOT_FOUND/);
    match(output, /Listening on http:\/\/localhost:\d+, with no page to open/);
    equal(await ended(), 0);
  });

  it('says how to take another port where one is in use', async () => {
    const blocker = createServer().listen(0);
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const { output, exited } = await run(folder('mixed'), String(port), /Fix: Stop.+\n/);
    blocker.close();
    match(output, new RegExp(`Port ${port} is in use[^]*PORT=${port + 1} npm start`));
    equal(await exited, 1);
  });

  it('refuses a port that is none, before anything is started', async () => {
    const { output, exited } = await run(folder('mixed'), 'http', /0 takes a free one/);
    match(output, /^PORT is 'http', which is no port\./);
    equal(await exited, 1);
  });
});

describe('the port', () => {
  it('is 3000 unless the environment says another', () => {
    deepEqual([undefined, '', '0', '8080'].map(readPort), [3000, 3000, 0, 8080]);
  });
});

describe("the plugins' table", () => {
  it('has the warnings of a plugin below it', () => {
    const table = statusTable([
      {
        name: 'shop',
        version: '1.0.0',
        description: '',
        state: 'running',
        generation: 1,
        placement: 'inline',
        critical: false,
        startMs: 12.3,
        routes: [],
        imports: [],
        exports: [],
        warnings: ['GET /:id is shadowed.'],
      },
    ]);
    match(table, /shop.*12 ms/);
    match(table, /\n! shop: GET \/:id is shadowed\./);
  });
});
