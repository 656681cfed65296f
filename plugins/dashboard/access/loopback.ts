import type { Request } from 'express';

/**
 * Whether a request comes from a browser on this very machine. Its connection tells, never a header; the name that it was
 * asked by must mean this machine as well, or a page of somebody else could have its own name point here (DNS rebinding).
 * What a proxy has passed on is not local, wherever the proxy is.
 */
export function isLocal({ socket, headers }: Pick<Request, 'socket' | 'headers'>): boolean {
  if (forwardingHeaders.some((name) => headers[name] !== undefined)) return false;
  return isLoopbackAddress(socket.remoteAddress ?? '') && isLoopbackName(headers.host ?? '');
}

const forwardingHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}

function isLoopbackName(host: string): boolean {
  return /^(localhost|([a-z\d-]+\.)+localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);
}
