import { deepEqual, match, ok } from 'node:assert/strict';
import { Get, JsonController, Param } from 'routing-controllers';
import { Plugin, type HostOptions } from 'plugboard';
import { closeHosts, serve, type LogLine, type StartedApp } from './hosting.ts';

@Plugin({ name: 'shop' })
@JsonController('/items')
class ShopPlugin {
  @Get('/:id') one(@Param('id') id: string): string {
    return id;
  }
}

@Plugin({ name: 'probe' })
@JsonController('/probe')
class ProbePlugin {
  @Get() probe(): string {
    return 'alive';
  }
}

async function serveShop(accessLog: HostOptions['accessLog']): Promise<StartedApp> {
  return serve({ plugins: [ShopPlugin, ProbePlugin], accessLog });
}

function ofRequests(logs: readonly LogLine[]): readonly LogLine[] {
  return logs.filter(({ message }) => message.startsWith('GET '));
}

describe('the access log', () => {
  afterEach(closeHosts);

  it('is off by default', async () => {
    const { request, logs } = await serveShop(undefined);
    await request.get('/items/7').expect(200);
    deepEqual(ofRequests(logs), []);
  });

  it('has one line for each request: for people in its message, for machines in its fields', async () => {
    const { request, logs } = await serveShop(true);
    await request.get('/items/7?token=secret').set('X-Request-Id', 'r1').expect(200);
    const [line, ...others] = ofRequests(logs);
    deepEqual(others, []);
    const { message, ms, bytes, ...rest } = line ?? { level: '', message: '' };
    match(message, /^GET \/items\/7 200 \d+(\.\d{1,3})? ms$/);
    ok(typeof ms === 'number' && message.includes(` ${ms} ms`));
    ok(typeof bytes === 'number' && bytes > 0);
    deepEqual(rest, {
      level: 'info',
      plugin: 'shop',
      method: 'GET',
      route: '/items/:id',
      path: '/items/7',
      status: 200,
      requestId: 'r1',
    });
  });

  it('has another level, and nothing of some plugins, where it is told so', async () => {
    const { request, logs } = await serveShop({ level: 'debug', ignore: ['probe'] });
    await request.get('/probe').expect(200);
    await request.get('/items/7').expect(200);
    deepEqual(
      ofRequests(logs).map(({ level, plugin }) => `${level} ${plugin as string}`),
      ['debug shop'],
    );
  });
});
