import { createHook } from 'node:async_hooks';

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
    escaped.push(`An error escaped: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
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

/** The innermost line of the stack that is neither Node's, nor a package's, nor ours. */
function userFrame(): string | undefined {
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  if (lines.some((line) => line.includes('/superagent/'))) return undefined;
  return lines.find((line) => !/node:|[\\/]node_modules[\\/]/.test(line) && !line.includes(ownFolder))?.trim();
}

const ownFolder = new URL('../', import.meta.url).pathname;
