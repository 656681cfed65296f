import type { ServerResponse } from 'node:http';

/** Whether all of an answer has been handed to the system. Node 24 calls it finished only a tick later. */
export function isSent(response: ServerResponse): boolean {
  if (response.writableFinished) return true;
  return response.writableEnded && response.writableLength === 0 && !response.closed;
}
