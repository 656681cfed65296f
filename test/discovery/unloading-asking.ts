import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Asked } from './unloading-requests.ts';

/** The status and the body of an answer. Without fetch(), which keeps a pool of connections for each port for ever. */
export async function ask(server: http.Server, { method, path, body }: Asked): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-type': 'application/json' };
  const request = http.request({ port, method, path, agent: false, headers });
  request.end(body && JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return `${response.statusCode} ${await text(response)}`;
}
