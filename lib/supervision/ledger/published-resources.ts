import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Worker } from 'node:worker_threads';
import type { OwnedResource } from './owned-resources.ts';
import { workerKind } from './process-kinds.ts';
import { clientRequestKind, type FetchRequest, fetchKind, fetchSockets } from './request-kinds.ts';

/** Hears of what has no handle that says enough, by Node's diagnostics channels. Returns what ends that. */
export function watchPublishedResources(
  // oxlint-disable-next-line typescript/no-unsafe-function-type -- for the trace: where our own lines end
  note: (made: Pick<OwnedResource, 'kind' | 'resource'>, callee: Function) => void,
): () => void {
  const listeners: Readonly<Record<string, (message: unknown) => void>> = {
    worker_threads: function onWorker(message) {
      note({ kind: workerKind, resource: (message as { worker: Worker }).worker }, onWorker);
    },
    'http.client.request.start': function onRequest(message) {
      note({ kind: clientRequestKind, resource: (message as { request: ClientRequest }).request }, onRequest);
    },
    'undici:request:create': function onFetch(message) {
      note({ kind: fetchKind, resource: (message as { request: FetchRequest }).request }, onFetch);
    },
    'undici:client:sendHeaders': (message) => {
      const { request, socket } = message as { request: FetchRequest; socket: Socket };
      fetchSockets.set(request, socket);
    },
  };
  for (const [channel, listener] of Object.entries(listeners)) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of Object.entries(listeners)) unsubscribe(channel, listener);
  };
}
