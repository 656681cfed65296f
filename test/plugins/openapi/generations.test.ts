import { deepEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { LeftGenerations } from './generations-process.ts';

describe('the generations of a plugin whose documents were read', () => {
  it('are collected, all but the one that runs', async () => {
    const app = join(import.meta.dirname, '../../..');
    const script = join(import.meta.dirname, 'generations-process.ts');
    const flags = ['--expose-gc', '--import', 'plugboard/register', script];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...flags, join(app, 'test/fixtures/unloading/orders'), '10'],
      { cwd: app, env: { ...process.env, LOG_LEVEL: 'silent' } },
    );
    deepEqual(JSON.parse(stdout) as LeftGenerations, [11]);
  });
});
