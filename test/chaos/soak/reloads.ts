import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReloadsReport } from './reloads-process.ts';

const script = join(import.meta.dirname, 'reloads-process.ts');

/** Reloads a plugin so many times, in a process of its own, and gives what is left of that. */
export async function reloadAgainAndAgain(
  count: number,
  flags: readonly string[] = [],
): Promise<ReloadsReport> {
  const folder = await mkdtemp(join(tmpdir(), 'plugboard-reloads-'));
  try {
    const args = ['--expose-gc', ...flags, '--import', 'plugboard/register', script, folder, String(count)];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: join(import.meta.dirname, '../../..'),
      env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'silent' },
    });
    return JSON.parse(stdout) as ReloadsReport;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
