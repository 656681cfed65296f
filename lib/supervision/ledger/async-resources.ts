import { createHook, type HookCallbacks } from 'node:async_hooks';
import { datagramKind, serverKind, socketKind } from './network-kinds.ts';
import { childProcessKind } from './process-kinds.ts';
import type { OwnedResource } from './owned-resources.ts';
import { immediateKind, timerKind } from './timer-kinds.ts';
import { isNodesTimer } from '../nodes-timers.ts';
import { fileStatKind, watcherKind } from './watcher-kinds.ts';

/** What has just been made, in the context of whoever makes it. */
export interface MadeResource extends Pick<OwnedResource, 'kind' | 'resource'> {
  readonly id: number;
  /** The server, for a connection that it has accepted. */
  readonly triggerId: number;
}

/** Hears of what Node makes, whichever way it is asked to, and touches none of it. Returns what ends that. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- for the trace: where our own lines end
export function watchAsyncResources(note: (made: MadeResource, callee: Function) => void): () => void {
  const init = (id: number, type: string, triggerId: number, resource: object): void => {
    // Of these there are some for each request.
    if (type === 'TickObject') return;
    const kind = kinds.get(type);
    if (!kind || isNodesTimer(type, resource)) return;
    note({ kind, resource, id, triggerId }, init);
  };
  // Where Node knows it, promises cost nothing more. @types/node for Node 20 doesn't.
  const hook = createHook({ init, trackPromises: false } as HookCallbacks).enable();
  return () => {
    hook.disable();
  };
}

const kinds: ReadonlyMap<string, MadeResource['kind']> = new Map<string, MadeResource['kind']>([
  ['Timeout', timerKind],
  ['Immediate', immediateKind],
  ['TCPSERVERWRAP', serverKind],
  ['PIPESERVERWRAP', serverKind],
  ['TCPWRAP', socketKind],
  ['PIPEWRAP', socketKind],
  ['UDPWRAP', datagramKind],
  ['FSEVENTWRAP', watcherKind],
  ['STATWATCHER', fileStatKind],
  ['PROCESSWRAP', childProcessKind],
]);
