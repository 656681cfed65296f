import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Response } from 'express';
import { All, Get, InternalServerError, JsonController, Param, Res } from 'routing-controllers';
import { Monitor, Plugin, type Class, type HostOptions } from 'plugboard';
import { testHost, testPlugin } from 'plugboard/testing';
import { MetricsPlugin } from '../../plugins/metrics/index.ts';
import { deferred } from '../support/deferred.ts';

let arrived = deferred();
let gate = deferred();

@Plugin({ name: 'shop' })
@JsonController('/items')
class ShopPlugin {
  @Get('/broken') broken(): never {
    throw new InternalServerError('out of stock');
  }
  @Get('/slow') async slow(): Promise<string> {
    arrived.resolve();
    await gate.promise;
    return 'at last';
  }
  @Get('/:id') one(@Param('id') id: string): string {
    return id;
  }
}

/** What a host that has the plugin tells of itself. */
async function serveMetrics(
  plugins: readonly Class[] = [ShopPlugin],
  options: Partial<HostOptions> = {},
  config = {},
) {
  const bed = await testHost([MetricsPlugin, ...plugins], options)
    .config('metrics', config)
    .start();
  const collect = async (): Promise<string> => (await bed.request.get('/metrics').expect(200)).text;
  /** The samples whose name and labels begin so. */
  const samples = async (start: string): Promise<readonly string[]> =>
    (await collect()).split('\n').filter((line) => line.startsWith(start));
  return { bed, collect, samples, [Symbol.asyncDispose]: async () => bed.close() };
}

describe('the metrics plugin', () => {
  beforeEach(() => {
    arrived = deferred();
    gate = deferred();
  });

  it('answers in the format of Prometheus, and is not cached', async () => {
    await using bed = await testPlugin(MetricsPlugin).start();
    const { text } = await bed.request
      .get('/metrics')
      .expect(200)
      .expect('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
      .expect('Cache-Control', 'no-store');
    for (const line of text.split('\n').filter(Boolean))
      match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)*\})? (\d+(\.\d+)?(e-?\d+)?|\+Inf))$/);
  });

  it('counts requests by plugin, method, pattern of the path and status', async () => {
    await using host = await serveMetrics();
    const { request } = host.bed;
    await request.get('/items/1');
    await request.get('/items/2?q=secret');
    await request.get('/items/broken');
    deepEqual(await host.samples('plugboard_requests_total'), [
      'plugboard_requests_total{plugin="shop",method="GET",route="/items/:id",status="200"} 2',
      'plugboard_requests_total{plugin="shop",method="GET",route="/items/broken",status="500"} 1',
    ]);
    deepEqual(
      (await host.samples('plugboard_requests_total{plugin="metrics"')).map((line) => line.split(' ')[1]),
      ['1'],
    );
  });

  it('has the latencies of each route, in seconds, in the buckets that it is told', async () => {
    await using host = await serveMetrics([ShopPlugin], {}, { buckets: [60, 0.000_001] });
    await host.bed.request.get('/items/1');
    const [lowest, highest, all, sum, count] = await host.samples('plugboard_request_duration_seconds');
    const labels = 'plugin="shop",method="GET",route="/items/:id"';
    equal(lowest, `plugboard_request_duration_seconds_bucket{le="0.000001",${labels}} 0`);
    equal(highest, `plugboard_request_duration_seconds_bucket{le="60",${labels}} 1`);
    equal(all, `plugboard_request_duration_seconds_bucket{le="+Inf",${labels}} 1`);
    ok(sum?.startsWith(`plugboard_request_duration_seconds_sum{${labels}} 0.`));
    equal(count, `plugboard_request_duration_seconds_count{${labels}} 1`);
  });

  it('has a status by its class where it is told so', async () => {
    await using host = await serveMetrics([ShopPlugin], {}, { status: 'class' });
    await host.bed.request.get('/items/1');
    await host.bed.request.get('/items/broken');
    deepEqual(
      (await host.samples('plugboard_requests_total')).map((line) => line.replace(/.*route=/, '')),
      ['"/items/:id",status="2xx"} 1', '"/items/broken",status="5xx"} 1'],
    );
  });

  it('has what goes beyond the limit of series as other', async () => {
    await using host = await serveMetrics([ShopPlugin], {}, { maxSeries: 1 });
    const { request } = host.bed;
    await request.get('/items/1');
    await request.get('/items/broken');
    await request.get('/items/2');
    deepEqual(await host.samples('plugboard_requests_total'), [
      'plugboard_requests_total{plugin="shop",method="GET",route="/items/:id",status="200"} 2',
      'plugboard_requests_total{plugin="shop",method="other",route="other",status="500"} 1',
    ]);
  });

  it('has a method that no standard knows as other', async () => {
    @Plugin({ name: 'open' })
    @JsonController('/open')
    class OpenPlugin {
      @All() any(): string {
        return 'any';
      }
    }
    await using host = await serveMetrics([OpenPlugin]);
    await host.bed.request.propfind('/open').expect(200);
    await host.bed.request.purge('/open').expect(200);
    deepEqual(await host.samples('plugboard_requests_total'), [
      'plugboard_requests_total{plugin="open",method="other",route="/open",status="200"} 2',
    ]);
  });

  it('has a status that no standard knows as other', async () => {
    @Plugin({ name: 'echo' })
    @JsonController('/echo')
    class EchoPlugin {
      @Get('/:status') any(@Param('status') status: number, @Res() response: Response): string {
        response.status(status);
        return 'so be it';
      }
    }
    await using host = await serveMetrics([EchoPlugin]);
    for (const status of [418, 599, 598, 700]) await host.bed.request.get(`/echo/${status}`).expect(status);
    deepEqual(await host.samples('plugboard_requests_total'), [
      'plugboard_requests_total{plugin="echo",method="GET",route="/echo/:status",status="418"} 1',
      'plugboard_requests_total{plugin="echo",method="GET",route="/echo/:status",status="other"} 3',
    ]);
  });

  it('counts what the host answers by itself without a plugin, whatever was asked for', async () => {
    await using host = await serveMetrics([ShopPlugin], { methodNotAllowed: true });
    await host.bed.request.put('/items/7').expect(405);
    await host.bed.request.patch('/items/8').expect(405);
    await host.bed.host.unload('shop');
    deepEqual(await host.samples('plugboard_requests_total'), [
      'plugboard_requests_total{method="PUT",route="unmatched",status="405"} 1',
      'plugboard_requests_total{method="PATCH",route="unmatched",status="405"} 1',
    ]);
    equal(
      (await host.samples('plugboard_request_duration_seconds_count{method="PUT"'))[0],
      'plugboard_request_duration_seconds_count{method="PUT",route="unmatched"} 1',
    );
  });

  it('shows how many requests of each route wait for their answers', async () => {
    await using host = await serveMetrics();
    const asked = host.bed.request.get('/items/slow').then(({ status }) => status);
    await arrived.promise;
    deepEqual(await host.samples('plugboard_requests_in_flight{plugin="shop"'), [
      'plugboard_requests_in_flight{plugin="shop",method="GET",route="/items/slow"} 1',
    ]);
    gate.resolve();
    equal(await asked, 200);
    deepEqual(await host.samples('plugboard_requests_in_flight{plugin="shop"'), [
      'plugboard_requests_in_flight{plugin="shop",method="GET",route="/items/slow"} 0',
    ]);
  });

  it('has requests that wait as other, too, where there are as many series as there may be', async () => {
    await using host = await serveMetrics([ShopPlugin], {}, { maxSeries: 1 });
    await host.bed.request.get('/items/1');
    const asked = host.bed.request.get('/items/slow').then(({ status }) => status);
    await arrived.promise;
    deepEqual(await host.samples('plugboard_requests_in_flight{plugin="shop"'), [
      'plugboard_requests_in_flight{plugin="shop",method="GET",route="/items/:id"} 0',
      'plugboard_requests_in_flight{plugin="shop",method="other",route="other"} 1',
    ]);
    gate.resolve();
    await asked;
  });

  it('shows the state of each plugin, its failures, and apart from each other its restarts and reloads', async () => {
    let starts = 0;
    let isFailing = false;
    @Plugin({ name: 'frail', supervise: { intensity: 5, backoff: { initialMs: 1 } } })
    class FrailPlugin {
      constructor(monitor: Monitor) {
        monitor.onRequest(() => {
          if (!isFailing) return;
          isFailing = false;
          throw new Error('no room');
        });
      }
      onStart(): void {
        starts += 1;
        if (starts === 2) throw new Error('no disk');
      }
    }
    await using host = await serveMetrics([ShopPlugin, FrailPlugin]);
    const { host: plugboard } = host.bed;
    const restarted = new Promise<void>((resolve) => {
      plugboard.on('plugin:running', ({ isRestart }) => {
        if (isRestart) resolve();
      });
    });
    await plugboard.reload('frail');
    isFailing = true;
    await host.collect();
    await restarted;
    await plugboard.reload('frail');
    deepEqual(await host.samples('plugboard_plugin_failures_total'), [
      'plugboard_plugin_failures_total{plugin="frail",code="START_FAILED"} 1',
      'plugboard_plugin_failures_total{plugin="frail",code="LISTENER_FAILED"} 1',
    ]);
    deepEqual(await host.samples('plugboard_plugin_restarts_total'), [
      'plugboard_plugin_restarts_total{plugin="frail"} 1',
    ]);
    deepEqual(await host.samples('plugboard_plugin_reloads_total'), [
      'plugboard_plugin_reloads_total{plugin="frail"} 1',
    ]);
    await host.bed.host.unload('shop');
    deepEqual(await host.samples('plugboard_plugin_state'), [
      'plugboard_plugin_state{plugin="metrics",state="running"} 1',
      'plugboard_plugin_state{plugin="shop",state="stopped"} 1',
      'plugboard_plugin_state{plugin="frail",state="running"} 1',
    ]);
    deepEqual(await host.samples('plugboard_plugin_up'), [
      'plugboard_plugin_up{plugin="metrics"} 1',
      'plugboard_plugin_up{plugin="frail"} 1',
    ]);
  });

  it('ends all series of a plugin that is unloaded, and begins at nought when it comes back', async () => {
    await using host = await serveMetrics();
    const { request } = host.bed;
    const ofShop = async (): Promise<readonly string[]> =>
      (await host.collect())
        .split('\n')
        .filter((line) => line.includes('"shop"') && line.includes('request'));
    await request.get('/items/1');
    ok((await ofShop()).length > 5);
    await host.bed.host.unload('shop');
    deepEqual(await ofShop(), []);
    await host.bed.host.reload('shop');
    await request.get('/items/1');
    deepEqual(await host.samples('plugboard_requests_total{plugin="shop"'), [
      'plugboard_requests_total{plugin="shop",method="GET",route="/items/:id",status="200"} 1',
    ]);
  });

  it('counts for its own host only, where there are two in a process', async () => {
    await using one = await serveMetrics();
    await using other = await serveMetrics();
    await one.bed.request.get('/items/1');
    equal((await one.samples('plugboard_requests_total{plugin="shop"')).length, 1);
    equal((await other.samples('plugboard_requests_total{plugin="shop"')).length, 0);
  });

  it('shows how late the event loop comes round, and what memory the process has', async () => {
    await using host = await serveMetrics();
    await host.collect();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const end = performance.now() + 200;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const [latest = ''] = await host.samples('plugboard_event_loop_delay_seconds{quantile="1"}');
    ok(Number(latest.split(' ')[1]) > 0.1, latest);
    const [memory = ''] = await host.samples('process_resident_memory_bytes');
    ok(Number(memory.split(' ')[1]) > 10_000_000, memory);
  });

  it('shows prom-client’s own metrics of the process beside its own where it is told so', async () => {
    await using host = await serveMetrics([ShopPlugin], {}, { defaults: true });
    const names = (await host.collect()).split('\n').flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []);
    for (const name of [
      'plugboard_requests_total',
      'nodejs_heap_size_used_bytes',
      'process_resident_memory_bytes',
    ])
      ok(names.includes(name), name);
    equal(new Set(names).size, names.length);
    await host.bed.host.reload('metrics');
    equal((await host.samples('nodejs_heap_size_used_bytes')).length, 1);
  });

  it('takes only a list of numbers as buckets', async () => {
    const start = testPlugin(MetricsPlugin).config({ buckets: [] }).start();
    await start.then(
      () => Promise.reject(new Error('It started.')),
      (error: Error) => match(error.message, /buckets should not be empty/),
    );
  });

  it('leaves nothing behind when it is stopped', async () => {
    await using host = await serveMetrics();
    await host.bed.host.reload('metrics');
    deepEqual(
      host.bed.logs.filter(({ message }) => /has left/.test(message)),
      [],
    );
    await host.bed.request.get('/items/1');
    equal((await host.samples('plugboard_requests_total{plugin="shop"')).length, 1);
  });
});
