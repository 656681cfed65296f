import { deepEqual, equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../fixtures/host/own-log.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

/** What a process has written that ends in one of several ways. */
async function ending(way: string): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'plugboard/register', script, way], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'info' },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const lines = output.split('\n').filter(Boolean);
  return { code, signal, lines: lines.map((line) => JSON.parse(line) as Ended['lines'][number]) };
}

const paths = ['/items/1', '/items/2', '/items/%22%5C%C3%A9%0A'];

describe('the log that a host has by itself', () => {
  for (const [way, what] of [
    ['exit', 'process.exit()'],
    ['error', 'an error that nobody catches'],
    ['close', 'SIGTERM, where the app closes the host'],
    ['signal', 'SIGTERM, where nobody listens for it, after the turn of the last answer'],
  ] as const)
    it(`has the line of each request before ${what}`, async () => {
      const { lines, code, signal } = await ending(way);
      deepEqual(
        lines.filter(({ method }) => method === 'GET').map(({ path }) => path),
        paths,
      );
      deepEqual([code, signal], way === 'signal' ? [null, 'SIGTERM'] : [way === 'error' ? 1 : 0, null]);
    });

  it('costs nobody anything but its lines where standard output can not take them, and says so once', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    try {
      const child = spawn(process.execPath, ['--import', 'plugboard/register', script, 'close'], {
        stdio: ['ignore', full, 'pipe'],
        env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'info' },
      });
      let complaints = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
      const [code] = (await once(child, 'close')) as [number | null];
      equal(code, 0, complaints);
      equal(complaints.match(/the log has failed/g)?.length, 1, complaints);
      match(complaints, /ENOSPC/);
    } finally {
      closeSync(full);
    }
  });

  it('writes of a request what pino would write', async () => {
    const { lines } = await ending('exit');
    const { time, pid, hostname, ms, bytes, requestId, msg, ...rest } = lines.at(-1) ?? {};
    deepEqual(
      [time, pid, hostname, ms, bytes, requestId].map((value) => typeof value),
      ['number', 'number', 'string', 'number', 'number', 'string'],
    );
    deepEqual(rest, {
      level: 30,
      plugin: 'shop',
      method: 'GET',
      route: '/items/:id',
      path: paths[2],
      status: 200,
    });
    match(String(msg), /^GET \/items\/%22%5C%C3%A9%0A 200 \d/);
    equal(Object.keys(lines.at(-1) ?? {}).at(-1), 'msg');
  });
});
