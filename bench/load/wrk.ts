import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pinned } from '../pinning.ts';
import type { BenchRequest } from '../scenarios/scenario.ts';
import { connections, type Generator, type Seen } from './generator.ts';
import { wrkScript } from './wrk-script.ts';

// wrk knows no flag that ends well: what counts is that it is there.
export const hasWrk = spawnSync('wrk', ['-v'], { stdio: 'ignore' }).error === undefined;

export const wrk: Generator = async (port, requests, seconds) => {
  const folder = mkdtempSync(join(tmpdir(), 'plugboard-bench-'));
  try {
    const script = join(folder, 'requests.lua');
    writeFileSync(script, wrkScript(requests));
    return parse(await run(port, script, seconds), requests);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

async function run(port: number, script: string, seconds: number): Promise<string> {
  const flags = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '-s', script];
  const [command = '', ...args] = pinned(1, ['wrk', ...flags, `http://127.0.0.1:${port}`]);
  const { stdout } = await promisify(execFile)(command, args);
  return stdout;
}

function parse(output: string, requests: readonly BenchRequest[]): Seen {
  const numbers = /^result (.*)$/m.exec(output)?.[1]?.split(' ').map(Number) ?? [];
  const [count = 0, duration = 0, errors = 1, p50 = 0, p99 = 0] = numbers;
  if (errors > 0) throw new Error(`${requests[0]?.path ?? ''}: ${errors} requests failed under load.`);
  return { requests: count, seconds: duration / 1e6, p50: p50 / 1e3, p99: p99 / 1e3 };
}
