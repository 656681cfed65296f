import { equal, match, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

interface Outcome {
  readonly code: number;
  readonly output: string;
}

const root = join(import.meta.dirname, '../..');

/** A runner in a process of its own, as a tester starts it. */
async function run(args: readonly string[]): Promise<Outcome> {
  // This very runner, node:test and CI set them: they would tell the child how to run and to print.
  const unset = { NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, CI: undefined };
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...unset, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, output: stdout + stderr };
}

const nodeTest = async (file: string): Promise<Outcome> =>
  run([
    '--import',
    'plugboard/register',
    '--test',
    '--test-reporter=tap',
    join('test/runners/node-test', file),
  ]);

const vitest = async (config: string): Promise<Outcome> => {
  const bin = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  return run([bin, 'run', '--config', join('test/runners/vitest', config)]);
};

describe('the testing kit in other runners', function () {
  this.timeout(60_000);

  it('passes under node:test', async () => {
    const { code, output } = await nodeTest('passing.ts');
    equal(code, 0, output);
    match(output, /^# pass 4$/m);
    match(output, /^# fail 0$/m);
  });

  it('fails under node:test where it should', async () => {
    const { code, output } = await nodeTest('failing.ts');
    ok(code !== 0, output);
    match(output, /^# fail 1$/m);
    match(output, /\.mock\(Clock, \{ … \}\)/);
  });

  it('passes under vitest', async () => {
    const { code, output } = await vitest('vitest.config.ts');
    equal(code, 0, output);
    match(output, /Tests {2}5 passed \(5\)/);
  });

  it('fails under vitest where it should', async () => {
    const { code, output } = await vitest('failing.config.ts');
    ok(code !== 0, output);
    match(output, /Tests {2}1 failed \(1\)/);
    match(output, /\.mock\(Clock, \{ … \}\)/);
  });
});
