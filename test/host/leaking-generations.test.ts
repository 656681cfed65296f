import { deepEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folderWith, removeFolders } from './hosting.ts';
import type { LeakReport } from './leaking-generations-process.ts';

const plugin = (name: string, reload: string, held: string): string => `
  import { Plugin } from 'plugboard';
  @Plugin({ name: '${name}', reload: '${reload}' })
  export class Held {}
  ${held}`;

describe('a generation that something outside holds when it is over', () => {
  afterEach(removeFolders);

  it('is told of, however it was replaced, and others are not', async () => {
    const held = '(process.held ??= []).push(Held);';
    const folder = await folderWith({
      'overlapping.ts': plugin('overlapping', 'overlap', held),
      'exclusive.ts': plugin('exclusive', 'exclusive', held),
      'clean.ts': plugin('clean', 'exclusive', ''),
    });
    const script = join(import.meta.dirname, 'leaking-generations-process.ts');
    const flags = ['--expose-gc', '--import', 'plugboard/register', script, folder];
    const env = { ...process.env, LOG_LEVEL: 'silent' };
    const { stdout } = await promisify(execFile)(process.execPath, flags, { env });
    const leaks = JSON.parse(stdout) as LeakReport;
    deepEqual(leaks.map(({ plugin, generation }) => `${plugin}@${generation}`).sort(), [
      'exclusive@1',
      'overlapping@1',
    ]);
  });
});
