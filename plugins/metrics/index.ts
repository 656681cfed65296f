import { Monitor, Plugin, Plugins } from 'plugboard';
import { Registry } from 'prom-client';
import { Controller, Get, Header } from 'routing-controllers';
import { MetricsConfig } from './config.ts';
import { PluginMetrics } from './plugin-metrics.ts';
import { ProcessMetrics } from './process-metrics.ts';
import { RequestMetrics } from './request-metrics.ts';

@Plugin({
  name: 'metrics',
  version: '1.0.0',
  description:
    'Counts requests, latencies, errors and restarts, by plugin and route, for Prometheus to collect',
  config: MetricsConfig,
})
@Controller('/metrics')
export class MetricsPlugin {
  // One of its own: hosts in one process do not count together.
  readonly #registry = new Registry();
  readonly #requests: RequestMetrics;
  readonly #ofPlugins: PluginMetrics;
  readonly #process: ProcessMetrics;

  constructor(
    private readonly plugins: Plugins,
    private readonly monitor: Monitor,
    config: MetricsConfig,
  ) {
    this.#requests = new RequestMetrics(this.#registry, config, { plugins, monitor });
    this.#ofPlugins = new PluginMetrics(this.#registry, plugins);
    this.#process = new ProcessMetrics(this.#registry, config.defaults);
  }

  onStart(): void {
    this.monitor.onRequest(this.#requests.count);
    this.#ofPlugins.listen(this.monitor);
    this.#process.start();
  }

  onStop(): void {
    this.#process.stop();
  }

  @Get()
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Header('Cache-Control', 'no-store')
  async collect(): Promise<string> {
    const here = [...this.plugins].filter(({ state }) => state !== 'stopped').map(({ name }) => name);
    this.#requests.keepOnly(new Set(here));
    this.#ofPlugins.keepOnly(new Set(here));
    return (await this.#registry.metrics()) + (await this.#process.collectDefaults());
  }
}
