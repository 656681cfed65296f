import { deepEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { resolve } = createRequire(import.meta.url);
const project = fileURLToPath(new URL('consumer', import.meta.url));

/** What a compiler has to say of the consumer's code and of our declarations. */
function complaints(typescript: string): readonly string[] {
  const compiler = join(dirname(resolve(`${typescript}/package.json`)), 'bin/tsc');
  const run = spawnSync(process.execPath, [compiler, '-p', project, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  const lines = run.stdout.split('\n').filter((line) => line.includes('error TS'));
  if (run.status !== 0 && lines.length === 0) throw new Error(`${typescript} did not run: ${run.stderr}`);
  // inversify's own declarations need a later one than 5.6: who uses that sets skipLibCheck.
  return lines.filter((line) => !/(^|\/)node_modules\//.test(line));
}

describe('the types', () => {
  it('compile with TypeScript 5.6, for an embedder, an author and a tester', () => {
    deepEqual(complaints('typescript-5.6'), []);
  }).timeout(60_000);

  it('compile with the TypeScript that we use ourselves', () => {
    deepEqual(complaints('typescript'), []);
  });
});
