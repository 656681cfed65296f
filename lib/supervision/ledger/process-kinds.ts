import type { ChildProcess } from 'node:child_process';
import type { Worker } from 'node:worker_threads';
import { facadeOf } from './handle.ts';
import type { ResourceKind } from './resource-kind.ts';

export const workerKind: ResourceKind<Worker> = {
  name: 'worker',
  isOpen: ({ threadId }) => threadId !== -1,
  close: async (worker) => worker.terminate(),
};

/** It may be in the middle of something that only its own code can end well. */
export const childProcessKind: ResourceKind<object> = {
  name: 'child process',
  isOpen: (handle) => {
    const child = facadeOf<ChildProcess>(handle);
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  },
};
