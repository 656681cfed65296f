import type { Socket as DatagramSocket } from 'node:dgram';
import type { Server, Socket } from 'node:net';
import { facadeOf, type Handle } from './handle.ts';
import type { ResourceKind } from './resource-kind.ts';

export const serverKind: ResourceKind<Handle> = {
  name: 'server',
  // A server that was closed and listens again has another handle.
  isOpen: (handle) => facadeOf<Server & { readonly _handle: unknown }>(handle)?._handle === handle,
  close: (handle) => facadeOf<Server>(handle)?.close(),
};

export const socketKind: ResourceKind<Handle> = {
  name: 'socket',
  isOpen: (handle) => {
    const socket = facadeOf<Socket>(handle);
    return socket !== undefined && !socket.destroyed && !isPooled(socket);
  },
  close: (handle) => facadeOf<Socket>(handle)?.destroy(),
  subject: (handle) => facadeOf(handle) ?? handle,
  // A pool of `fetch` serves all of the process; the pipes of a child process are the child's.
  isNodes: (files) => files.some((file) => /undici|child_process/.test(file)),
};

export const datagramKind: ResourceKind<Handle> = {
  name: 'socket',
  isOpen: (handle) => {
    const socket = facadeOf<DatagramSocket>(handle);
    return socket !== undefined && isRunning(socket);
  },
  close: (handle) => facadeOf<DatagramSocket>(handle)?.close(),
};

/** An agent keeps its sockets for whoever makes the next request: the request under way is what one can leave. */
function isPooled(socket: Socket): boolean {
  return socket.listenerCount('agentRemove') > 0;
}

/** There is no flag: a socket that is not bound throws as well, but another error. */
function isRunning(socket: DatagramSocket): boolean {
  try {
    return Boolean(socket.address());
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ERR_SOCKET_DGRAM_NOT_RUNNING';
  }
}
