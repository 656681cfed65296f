import { describeThrown } from './lifecycle-errors.ts';
import { PluginError } from './plugin-error.ts';

/** The system does not tell of changes, or not of all. */
export function watchFailed(cause: unknown): PluginError {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return new PluginError({
    code: 'WATCH_FAILED',
    plugin: 'host',
    phase: 'discover',
    path: ['host'],
    message: `watch: changes of some files may go unnoticed: ${describeThrown(cause)}`,
    fix: fixes.get(code) ?? 'Mend what the message names and start anew; host.reload(name) works meanwhile.',
    cause,
  });
}

const fixes = new Map<unknown, string>([
  [
    'ENOSPC',
    'Let the system watch more files: sudo sysctl fs.inotify.max_user_watches=524288 (and a line in /etc/sysctl.d to keep it).',
  ],
  [
    'EMFILE',
    'Let the process open more: ulimit -n 65536, and on Linux sudo sysctl fs.inotify.max_user_instances=1024.',
  ],
]);
