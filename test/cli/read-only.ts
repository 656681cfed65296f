import { spawnSync } from 'node:child_process';

/** Makes a folder read-only for itself, makes sure that it is, and becomes the command that follows. */
const script = `
mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" || exit 90
if touch probe 2>/dev/null; then exit 91; fi
exec "$@"`;

/**
 * What to put before a command so that nothing in `folder` can be written by it, whoever runs it: a mount that only it sees.
 * Undefined where the machine does not let the user make one.
 */
export function readOnly(folder: string): readonly [string, ...string[]] | undefined {
  for (const options of [['--mount'], ['--mount', '--map-root-user']]) {
    const prefix = ['unshare', ...options, 'sh', '-c', script, folder] as const;
    const [program, ...args] = prefix;
    if (spawnSync(program, [...args, 'true']).status === 0) return prefix;
  }
  return undefined;
}
