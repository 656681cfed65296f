import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { Plugin, type LogTarget } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
import { closeHosts, serve } from '../../host/hosting.ts';
import { Work } from '../../fixtures/blocking/work.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/blocking');
const plugins = [join(fixtures, 'plugins')];

interface Line {
  readonly code: string;
  readonly plugin: string;
  readonly error: Error;
  readonly message: string;
}

/** A log that lets the work end as soon as it has a line. */
function log(lines: Line[]): LogTarget {
  const ignore = (): void => undefined;
  const warn = (fields: object, message: string): void => {
    lines.push({ ...(fields as Line), message });
    Work.isTold = true;
  };
  return { trace: ignore, debug: ignore, info: ignore, warn, error: ignore };
}

function compute(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

describe('a blocked event loop', () => {
  beforeEach(() => {
    Work.isTold = false;
  });
  afterEach(closeHosts);

  it('is in the log while it is blocked, with the plugin that blocks it and its line', async () => {
    const lines: Line[] = [];
    const { request } = await serve({ plugins, services: [Work], blockedMs: 50, log: log(lines) });
    await request.get('/busy/until-told').expect(200, { done: true });
    const [line] = lines;
    deepEqual([line?.code, line?.plugin], ['LOOP_BLOCKED', 'busy']);
    match(line?.message ?? '', /"busy" has kept the event loop busy for \d+ ms/);
    match(line?.error.stack ?? '', /BusyPlugin\.untilTold \(.*plugins\/busy\/index\.ts:\d+:\d+\)/);
  });

  it('is named for a class of the app, by the context', async () => {
    @Plugin({ name: 'busy-class' })
    @JsonController('/busy-class')
    class BusyClassPlugin {
      @Get('/')
      work(): object {
        while (!Work.isTold) Math.hypot(3, 4);
        return { done: true };
      }
    }
    const lines: Line[] = [];
    const { request } = await serve({ plugins: [BusyClassPlugin], blockedMs: 50, log: log(lines) });
    await request.get('/busy-class').expect(200);
    equal(lines[0]?.plugin, 'busy-class');
  });

  it('is nobody’s where the app blocks it, and nothing where it is shorter, or nobody looks', async () => {
    const lines: Line[] = [];
    await serve({ plugins, services: [Work], blockedMs: 50, log: log(lines) });
    compute(200);
    const patient = await serve({ plugins, services: [Work], blockedMs: 60_000, log: log(lines) });
    await patient.request.get('/busy/200').expect(200);
    const blind = await serve({ plugins, services: [Work], blockedMs: 0, log: log(lines) });
    await blind.request.get('/busy/200').expect(200);
    await pause(20);
    deepEqual(lines, []);
  });

  it('is in the log also where it is blocked for ever', async () => {
    const child = spawn(
      process.execPath,
      ['--import', 'plugboard/register', join(fixtures, 'endless.ts'), 'for-ever'],
      { env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    match(String(chunk), /"busy" has kept the event loop busy/);
    child.kill('SIGKILL');
    const [, signal] = (await once(child, 'exit')) as [number, string];
    equal(signal, 'SIGKILL');
  });

  it('does not keep a process alive by being looked for', async () => {
    const child = spawn(process.execPath, ['--import', 'plugboard/register', join(fixtures, 'endless.ts')], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output, [code]] = await Promise.all([
      text(child.stdout),
      once(child, 'close') as Promise<[number]>,
    ]);
    deepEqual([code, output], [0, 'done\n']);
    ok(child.pid);
  });
});
