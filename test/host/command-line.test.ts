import { equal, match, ok } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { folderWith, removeFolders } from './hosting.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const greeter = `
import { Plugin } from 'plugboard';
import { Get, JsonController, Param } from 'routing-controllers';
@Plugin({ name: 'greeter', version: '1.2.3' })
@JsonController('/greet')
export class GreeterPlugin {
  @Get() all() { return 'hello'; }
  @Get('/:name') greet(@Param('name') name: string) { return 'hello ' + name; }
  onStop() { process.stdout.write('greeter stopped\\n'); }
}`;
const broken = `
import { Plugin } from 'plugboard';
@Plugin({ name: 'broken', version: '0.1.0' })
export class BrokenPlugin { onStart() { throw new Error('no database'); } }`;

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(
  folder: string,
  environment: Record<string, string>,
): { process: ChildProcess; outcome: Promise<Outcome> } {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    env: { ...inherited, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code], out, err]) => ({ code: code as number | null, out, err }),
  );
  return { process: child, outcome };
}

describe('npm start', () => {
  afterEach(removeFolders);

  it('prints the table, the reasons and the URLs, answers, and ends with 0 on SIGTERM', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter, 'plugins/broken/index.ts': broken });
    const { process: child, outcome } = run(folder, {});
    const port = await new Promise<string>((resolve, reject) => {
      let seen = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        seen += String(chunk);
        const found = /http:\/\/localhost:(\d+)\/greet\n/.exec(seen);
        if (found) resolve(found[1] ?? '');
      });
      void outcome.then(({ out, err }) => {
        reject(new Error(out + err));
      });
    });
    const answer = await fetch(`http://localhost:${port}/greet/ada`);
    equal(await answer.text(), '"hello ada"');
    child.kill('SIGTERM');
    const { code, out, err } = await outcome;
    equal(code, 0, err);
    match(out, /plugin +│ version +│ state +│ time +│ routes/);
    match(out, /greeter +│ 1\.2\.3 +│ running +│ \d+ ms +│ GET \/greet +│/);
    match(out, /GET \/greet\/:name/);
    match(out, /broken +│ 0\.1\.0 +│ failed/);
    match(
      out,
      /✗ broken \(start, START_FAILED\)\n {2}onStart\(\) of BrokenPlugin failed: no database\n {2}Fix: /,
    );
    ok(!out.includes('localhost:' + port + '/greet/:name'));
    match(out, /greeter stopped\n/);
  });

  it('says which port is taken, and ends with 1', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const folder = await folderWith({ 'plugins/greeter.ts': greeter });
    const { code, err } = await run(folder, { PORT: String(port) }).outcome;
    other.close();
    equal(code, 1);
    match(err, new RegExp(`Port ${port} is in use by another process\\.\nFix: `));
    ok(!err.includes('    at '), err);
  });

  it('says that there is no folder of plugins, and ends with 1', async () => {
    const { code, err } = await run(await folderWith({}), {}).outcome;
    equal(code, 1);
    match(err, /There is no folder .*plugins\./);
    match(err, /Fix: /);
  });

  it('says what a port is, and ends with 1', async () => {
    const folder = await folderWith({ 'plugins/greeter.ts': greeter });
    const { code, err } = await run(folder, { PORT: 'http' }).outcome;
    equal(code, 1);
    match(err, /PORT is "http"/);
  });
});
