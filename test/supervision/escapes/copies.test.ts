import { deepEqual, equal } from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Stage } from '../../fixtures/escapes/stage.ts';
import { closeBenches, EscapeBench, fixtures, placed } from './escapes.ts';

const options = { plugins: [join(fixtures, 'plugins/leaky')], services: [Stage] };

describe('two copies of Plugboard in one process', () => {
  const root = join(import.meta.dirname, '../../..');
  let copy: string;
  before(async () => {
    await mkdir(join(root, 'node_modules/.cache'), { recursive: true });
    copy = await mkdtemp(join(root, 'node_modules/.cache/plugboard-'));
    await cp(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
    await cp(join(root, 'package.json'), join(copy, 'package.json'));
  });
  after(async () => rm(copy, { recursive: true, force: true }));
  afterEach(closeBenches);

  it('share what they put in place, and each hears of its own plugins', async () => {
    const before = placed();
    const other = (await import(
      pathToFileURL(join(copy, 'dist/index.js')).href
    )) as typeof import('plugboard');
    const bench = await EscapeBench.start(options);
    const during = placed();
    const lines: unknown[] = [];
    const ignore = (): void => undefined;
    const log = { trace: ignore, debug: ignore, info: ignore, warn: ignore };
    const host = other.createHost({ ...options, log: { ...log, error: (fields) => lines.push(fields) } });
    await host.start();
    deepEqual(placed(), during);
    await bench.request.get('/leaky/setTimeout').expect(200);
    equal((await bench.next()).plugin, 'leaky');
    deepEqual(lines, []);
    await bench.host.close();
    deepEqual(placed(), during);
    await host.close();
    deepEqual(placed(), before);
  });
});
