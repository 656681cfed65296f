import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('./runners', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('the tests of docs/testing.md', () => {
  // A runner that starts another must not pass on that it is one.
  const env = { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined };

  it('pass under node:test', async () => {
    const args = ['--import', 'plugboard/register', '--test', join(folder, 'greeter.node-test.ts')];
    await run(process.execPath, args, { cwd: root, env });
  });

  it('pass under vitest', async () => {
    const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
    await run(process.execPath, [vitest, 'run', '--root', folder], { cwd: root, env });
  });
});
