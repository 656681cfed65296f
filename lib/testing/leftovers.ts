import { createHook } from 'node:async_hooks';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a test must not leave behind. */
export interface Leftovers {
  /** A line for each error that escaped and each timer that is still running. */
  report(): readonly string[];
  stop(): void;
}

/** Watches for errors that escape and timers that stay, from now until `stop()`. Changes nothing of either. */
export function watchLeftovers(): Leftovers {
  const escaped: string[] = [];
  const timers = new Map<number, StartedTimer>();
  const onEscape = (error: unknown): void => {
    escaped.push(
      `An error escaped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  };
  const hook = createHook({
    init: (id, type, _trigger, resource) => {
      if (type !== 'Timeout' && type !== 'Immediate') return;
      const startedAt = userFrame();
      if (startedAt) timers.set(id, { type, startedAt, resource: resource as NodeJS.Timeout });
    },
    destroy: (id) => {
      timers.delete(id);
    },
  });
  process.prependListener('unhandledRejection', onEscape);
  process.prependListener('uncaughtExceptionMonitor', onEscape);
  hook.enable();
  return {
    report: () => [...escaped, ...[...timers.values()].filter(isRunning).map(describeTimer)],
    stop: () => {
      hook.disable();
      process.off('unhandledRejection', onEscape);
      process.off('uncaughtExceptionMonitor', onEscape);
    },
  };
}

interface StartedTimer {
  readonly type: string;
  readonly startedAt: string;
  readonly resource: NodeJS.Timeout & { readonly _destroyed?: boolean };
}

function isRunning({ resource }: StartedTimer): boolean {
  return resource.hasRef() && resource['_destroyed'] !== true;
}

function describeTimer({ startedAt }: StartedTimer): string {
  return `A timer was left behind, started ${startedAt}. Clear it in onStop(), or .unref() it.`;
}

/** Where a plugin or a test started it; undefined for what Node, the host or supertest start for themselves. */
function userFrame(): string | undefined {
  const lines = (new Error().stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at ') && !line.includes('node:'));
  const outside = lines.filter((line) => !line.includes(thisFile));
  const [innermost] = outside;
  if (innermost === undefined || isOwn(innermost) || outside.some((line) => line.includes('superagent')))
    return undefined;
  return outside.find((line) => !isOwn(line) && !/[\\/]node_modules[\\/]/.test(line))?.trim();
}

function isOwn(line: string): boolean {
  return ownFolders.some((folder) => line.includes(folder));
}

const thisFile = 'testing/leftovers.';
const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
// Compiled, or as source maps tell it.
const ownFolders = ['dist', 'lib'].map((name) => join(packageFolder, name) + sep);
