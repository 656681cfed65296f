import type { Request, Response } from 'express';
import type { Socket } from 'node:net';

const queues = new WeakMap<Socket, Set<Response>>();

/**
 * Closes a response whose turn has not come when its connection breaks: of several requests that a client sends without
 * waiting, Node closes only the one that is being answered, and nobody would ever hear of the others.
 */
export function closeWithConnection({ socket }: Request, response: Response): void {
  if (socket.destroyed) return close(response);
  const queue = queues.get(socket) ?? createQueue(socket);
  queue.add(response);
  // From when it has the connection on, Node does it.
  response.once('socket', () => queue.delete(response));
}

// One listener for all of a connection.
function createQueue(socket: Socket): Set<Response> {
  const queue = new Set<Response>();
  queues.set(socket, queue);
  socket.once('close', () => {
    for (const response of queue) close(response);
  });
  return queue;
}

function close(response: Response): void {
  response.destroy();
  Object.defineProperty(response, 'closed', { value: true });
  response.emit('close');
}
