import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { ResourceKind } from './resource-kind.ts';

/** Of `node:http` and `node:https`. */
export const clientRequestKind: ResourceKind<ClientRequest> = {
  name: 'request',
  isOpen: (request) => !request.destroyed && !request.closed,
  close: (request) => request.destroy(),
};

/** What undici, which `fetch` is made of, publishes of a request. */
export interface FetchRequest {
  readonly completed: boolean;
  readonly aborted: boolean;
}

/** Of `fetch`. It can be ended by its socket only, once it has one. */
export const fetchKind: ResourceKind<FetchRequest> = {
  name: 'request',
  isOpen: ({ completed, aborted }) => !completed && !aborted,
  close: async (request) => {
    const socket = fetchSockets.get(request);
    // With HTTP/2, others use it at the same time.
    if (!socket || (socket as { alpnProtocol?: unknown }).alpnProtocol === 'h2') return;
    await once(socket.destroy(), 'close');
  },
};

/** Which socket a request went out on. */
export const fetchSockets = new WeakMap<FetchRequest, Socket>();
