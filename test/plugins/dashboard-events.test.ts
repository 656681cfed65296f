import { equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Host } from 'plugboard';
import { closeHosts, quietHost } from '../host/hosting.ts';
import { dashboardOptions, forEverything } from './dashboard-app.ts';

const most = 100;

describe("the dashboard's events", () => {
  afterEach(closeHosts);

  async function open(): Promise<{ readonly host: Host; readonly url: string }> {
    const host = quietHost(dashboardOptions(forEverything));
    const server = await host.listen(0, '127.0.0.1');
    return { host, url: `http://localhost:${(server.address() as AddressInfo).port}` };
  }

  it('tell of a change, of a line in the log, and of figures', async () => {
    const { host, url } = await open();
    const stream = await connect(`${url}/dashboard/events?plugin=shop`);
    const read = reader(stream);
    await fetch(`${url}/shop`);
    match(await read(/event: log\n.*somebody looks around.*\n/), /id: \d+\nevent: log/);
    await host.reload('weather');
    ok(await read(/event: change\ndata: {"plugin":"weather","what":"is running"}/));
    ok(await read(/event: figures\ndata: {.*"shop":{"uptime":/));
    stream.destroy();
  });

  it('do not count a reload as a restart', async () => {
    const { host, url } = await open();
    const stream = await connect(`${url}/dashboard/events`);
    const read = reader(stream);
    await host.reload('weather');
    const figures = await read(/"weather","what":"is running"}[^]*event: figures\ndata: .*"weather":{[^}]*}/);
    match(figures, /"weather":{[^}]*"restarts":"0"[^}]*}[^]*$/);
    ok(!/"restarts":"1"/.test(figures));
    stream.destroy();
  });

  it('end with the generation of the dashboard, and go on with the next', async () => {
    const { host, url } = await open();
    const stream = await connect(`${url}/dashboard/events`);
    const ended = once(stream, 'end');
    stream.resume();
    await host.reload('dashboard');
    await ended;
    const next = await connect(`${url}/dashboard/events`);
    equal(next.statusCode, 200);
    next.destroy();
  });

  it('are for so many pages at once, and whoever goes makes place', async () => {
    const { url } = await open();
    for (let round = 0; round < 2; round += 1) {
      const streams = await Promise.all(
        Array.from({ length: most }, async () => connect(`${url}/dashboard/events`)),
      );
      ok(streams.every(({ statusCode }) => statusCode === 200));
      const refused = await connect(`${url}/dashboard/events`);
      equal(refused.statusCode, 503);
      refused.resume();
      for (const stream of streams) stream.destroy();
      await untilFree(url);
    }
  });
});

async function connect(url: string): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  return response;
}

/** The host learns of a closed connection by and by. */
async function untilFree(url: string): Promise<void> {
  for (;;) {
    const responses = await Promise.all(
      Array.from({ length: most }, async () => connect(`${url}/dashboard/events`)),
    );
    const isFree = responses.every(({ statusCode }) => statusCode === 200);
    for (const response of responses) response.destroy();
    if (isFree) return;
  }
}

/** Reads on until what it has read matches, and gives that. */
function reader(stream: IncomingMessage): (pattern: RegExp) => Promise<string> {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    stream.emit('more');
  });
  return async (pattern) => {
    while (!pattern.test(text)) await once(stream, 'more');
    return text;
  };
}
