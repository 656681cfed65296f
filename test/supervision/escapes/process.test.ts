import { deepEqual, equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fixtures } from './escapes.ts';

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], flags: readonly string[] = []): Promise<Outcome> {
  const child = spawn(process.execPath, [...flags, '--import', 'plugboard/register', ...args], {
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, stdout, stderr };
}

const app = async (...args: string[]): Promise<Outcome> => run([join(fixtures, 'app.ts'), ...args]);

describe('an error of nobody’s plugin', function () {
  this.timeout(20_000);

  const courses = [
    ['timer', ''],
    ['timer', 'monitor exit'],
    ['timer', 'fail'],
    ['timer', 'capture'],
    ['rejection', ''],
    ['rejection', 'exit'],
    ['rejection', 'exit rejections'],
    ['rejection without a reason', ''],
  ] as const;
  for (const [fault, handlers] of courses) {
    it(`takes the course that it takes without plugins: from a ${fault}, with handlers: ${handlers || 'none'}`, async () => {
      const [beside, alone] = await Promise.all([app(fault, handlers), app(fault, handlers, 'alone')]);
      deepEqual({ ...beside, stderr: messageIn(beside) }, { ...alone, stderr: messageIn(alone) });
    });
  }

  for (const fault of ['constructor', 'method']) {
    it(`is not billed to the plugin for which the host did it: from a ${fault} of a host's service`, async () => {
      const { code, stdout, stderr } = await app(fault);
      deepEqual({ code, stdout }, { code: 1, stdout: '' });
      match(stderr, /RangeError: escaped from the backend/);
    });
  }

  it('is what a refused start is, though a plugin is its cause', async () => {
    const { code, stderr } = await app('start');
    equal(code, 1);
    match(stderr, /HostStartError/);
  });
});

// Our own function is one of those that the error passes.
function messageIn({ stderr }: Outcome): string | undefined {
  return /^\w*Error: .+$/m.exec(stderr)?.[0];
}

describe('an error of a plugin', function () {
  this.timeout(20_000);

  it('does not end a process in which nobody listens', async () => {
    for (const source of ['setTimeout', 'Promise.reject']) {
      const { code, stdout, stderr } = await app(`plugin:${source}`);
      deepEqual(
        { code, stdout, stderr },
        { code: 0, stdout: 'ESCAPED_ERROR leaky stack\nclosed\n', stderr: '' },
      );
    }
  });

  it('does not come to handlers of the app, which may end the process', async () => {
    for (const source of ['setTimeout', 'Promise.reject']) {
      const { code, stdout } = await app(`plugin:${source}`, 'exit rejections');
      deepEqual({ code, stdout }, { code: 0, stdout: 'ESCAPED_ERROR leaky stack\nclosed\n' });
    }
  });

  it('is seen by who only monitors', async () => {
    equal(
      (await app('plugin:setTimeout', 'monitor')).stdout,
      'seen escaped from setTimeout uncaughtException\nESCAPED_ERROR leaky stack\nclosed\n',
    );
    equal(
      (await app('plugin:Promise.reject', 'monitor')).stdout,
      'seen escaped from Promise.reject unhandledRejection\nESCAPED_ERROR leaky stack\nclosed\n',
    );
  });

  for (const mode of ['strict', 'none']) {
    for (const [source, foundBy] of [
      ['async function', 'stack'],
      ['rejection with a text', 'context'],
      ['rejection without a reason', 'context'],
    ] as const) {
      it(`is told of once with --unhandled-rejections=${mode}: ${source}`, async () => {
        const flags = [`--unhandled-rejections=${mode}`];
        const { code, stdout } = await run([join(fixtures, 'app.ts'), `plugin:${source}`], flags);
        deepEqual({ code, stdout }, { code: 0, stdout: `ESCAPED_ERROR leaky ${foundBy}\nclosed\n` });
      });
    }
  }
});

describe('under mocha', function () {
  this.timeout(20_000);

  it('an error of a plugin fails no test, and one of a test fails that test', async () => {
    const mocha = join(dirname(createRequire(import.meta.url).resolve('mocha/package.json')), 'bin/mocha.js');
    const { code, stdout } = await run([mocha, '--no-config', '--exit', join(fixtures, 'under-mocha.ts')]);
    match(stdout, /2 passing/);
    match(stdout, /1 failing/);
    match(stdout, /Uncaught RangeError: of the test/);
    equal(code, 1);
  });
});
