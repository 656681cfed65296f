import type { AnsweredRequest } from 'plugboard';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { MetricsConfig } from './config.ts';
import { RequestSeries } from './request-series.ts';

/** Requests and their latencies, by plugin and route. */
export class RequestMetrics {
  readonly #series: RequestSeries;
  readonly #latencies: Histogram<'plugin' | 'method' | 'route'>;

  constructor(registry: Registry, { buckets, status, maxSeries }: MetricsConfig) {
    const series = new RequestSeries(maxSeries, status === 'code' ? String : statusClass);
    this.#series = series;
    this.#latencies = new Histogram({
      name: 'plugboard_request_duration_seconds',
      help: 'Time from the first look at a request until its answer was handed over, in seconds',
      labelNames: ['plugin', 'method', 'route'],
      buckets: [...buckets].sort((a, b) => a - b),
      registers: [registry],
    });
    const answers = new Counter({
      name: 'plugboard_requests_total',
      help: 'Requests that a route of a plugin has answered; 499: the client went before',
      labelNames: ['plugin', 'method', 'route', 'status'],
      registers: [],
      // Counted in the series themselves: that is much cheaper for each request.
      collect() {
        this.reset();
        for (const { labels, count } of series) this.inc(labels, count);
      },
    });
    registry.registerMetric(answers);
  }

  readonly count = ({ plugin, route, method, status, ms }: AnsweredRequest): void => {
    const series = this.#series.find(plugin, route, method, status);
    series.count += 1;
    this.#latencies.observe(series.route, ms / 1000);
  };

  /** Ends the series of plugins that are gone. */
  keepOnly(plugins: ReadonlySet<string>): void {
    for (const plugin of this.#series.plugins) {
      if (plugins.has(plugin)) continue;
      for (const route of this.#series.remove(plugin)) this.#latencies.remove({ ...route });
    }
  }
}

function statusClass(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}
