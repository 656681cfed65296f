import { deepEqual, equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const fixtures = join(import.meta.dirname, '../fixtures/register');
const where = 'cjs written-as-module.ts function';

async function run(file: string): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'plugboard/register', join(fixtures, file)],
    { cwd: join(import.meta.dirname, '../..') },
  );
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('plugboard/register', () => {
  it('runs an ES module with enums, parameter properties and decorator metadata, where an interface is Object', async () => {
    const { types, now } = await run('esm/main.ts');
    deepEqual({ types, now }, { types: ['Clock', 'Object'], now: 'local' });
  });

  it("shows the author's lines in stack traces", async () => {
    const { stack } = await run('esm/main.ts');
    match(String(stack), /esm[\\/]clock\.ts:25:11/);
    match(String(stack), /esm[\\/]main\.ts:17:/);
  });

  it('keeps a CommonJS file that is required and imported one module, with its named exports', async () => {
    equal((await run('esm/main.ts')).oneModule, true);
  });

  it('runs a CommonJS package that is written with import and uses __dirname and require', async () => {
    deepEqual(await run('cjs/main.ts'), { where, isMain: false, mainIsMain: true });
  });

  it('runs a package that does not say what it is', async () => {
    deepEqual(await run('untyped/main.ts'), { where });
  });

  it('lets JavaScript require TypeScript by the name of the file that it will be', async () => {
    deepEqual(await run('cjs/plain.cjs'), { where, name: 'dependency', same: true });
  });
});
