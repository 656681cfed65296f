import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../../../.cache/', import.meta.url));

describe('the first steps of README.md', () => {
  it('compile with the tsconfig.json that the documentation shows', async () => {
    // Inside of this package, so that it finds `plugboard`.
    await mkdir(cache, { recursive: true });
    const copy = await mkdtemp(join(cache, 'quick-start-'));
    try {
      for (const name of ['app.ts', 'clock.ts', 'greeter.test.ts', 'plugins']) {
        await cp(join(folder, name), join(copy, name), { recursive: true });
      }
      await copyFile(join(folder, 'tsconfig.app.json'), join(copy, 'tsconfig.json'));
      const require = createRequire(import.meta.url);
      const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
      await run(process.execPath, [tsc, '-p', copy, '--noEmit']);
    } finally {
      await rm(copy, { recursive: true });
    }
  });
});
