import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Whether server and load can be kept on cores of their own. */
export const canPin =
  availableParallelism() > 1 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

/** The command line that runs `command` on one core. */
export function pinned(core: number, command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '-c', String(core), ...command] : command;
}
