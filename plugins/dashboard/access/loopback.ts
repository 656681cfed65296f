import type { Request } from 'express';

/**
 * Whether a request comes from a browser on this very machine. Its connection tells, never a header; the name that it was
 * asked by must mean this machine as well, or a page of somebody else could have its own name point here (DNS rebinding).
 * What a proxy has passed on is not local, wherever the proxy is.
 */
export function isLocal(request: Pick<Request, 'socket' | 'headers' | 'httpVersion'>): boolean {
  const { socket, headers } = request;
  return (
    !isForwarded(request) &&
    isLoopbackAddress(socket.remoteAddress ?? '') &&
    isLoopbackName(headers.host ?? '')
  );
}

/** No browser speaks HTTP/1.0; proxies do that are told nothing else. */
function isForwarded({ headers, httpVersion }: Pick<Request, 'headers' | 'httpVersion'>): boolean {
  return httpVersion === '1.0' || Object.keys(headers).some((name) => forwardingHeader.test(name));
}

const forwardingHeader =
  /^(forwarded|via|x-forwarded(-.+)?|x-(original|envoy)-.+|x-(real|client|cluster-client)-ip|true-client-ip|cf-.+)$/;

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}

function isLoopbackName(host: string): boolean {
  return /^(localhost|([a-z\d-]+\.)+localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);
}
