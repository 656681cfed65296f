import type { AnsweredRequest, Monitor, Plugins } from 'plugboard';
import { Counter, type Histogram, type Registry } from 'prom-client';
import type { MetricsConfig } from './config.ts';
import { addInFlight } from './in-flight.ts';
import { RequestSeries } from './request-series.ts';

/** Requests and their latencies, by plugin and route: counted in series of our own, which is a fraction of the work. */
export class RequestMetrics {
  readonly #series: RequestSeries;

  constructor(
    registry: Registry,
    { buckets, status, maxSeries }: MetricsConfig,
    host: { readonly plugins: Plugins; readonly monitor: Monitor },
  ) {
    const series = new RequestSeries({ buckets: [...buckets].sort((a, b) => a - b), status, maxSeries });
    this.#series = series;
    registry.registerMetric(latencies(series));
    const answers = new Counter({
      name: 'plugboard_requests_total',
      help: 'Requests that the host has answered; 499: the client went before',
      labelNames: ['plugin', 'method', 'route', 'status'],
      registers: [],
      collect() {
        this.reset();
        for (const { route, status, count } of series) this.inc({ ...defined(route.labels), status }, count);
      },
    });
    registry.registerMetric(answers);
    addInFlight(registry, series, host);
  }

  readonly count = ({ plugin, route, method, status, ms }: AnsweredRequest): void => {
    const series = this.#series.find(plugin, route, method, status);
    series.count += 1;
    series.route.observe(ms / 1000);
  };

  /** Ends the series of plugins that are gone. */
  keepOnly(plugins: ReadonlySet<string>): void {
    this.#series.keepOnly(plugins);
  }
}

/** prom-client's own histograms can only count by themselves. */
function latencies(series: RequestSeries): Histogram {
  const name = 'plugboard_request_duration_seconds';
  const help = 'Time from the first look at a request until its answer was handed over, in seconds';
  const get = async () => ({
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    values: [...series.routes].flatMap((route) =>
      [...route.samples()].map(({ suffix, labels, value }) => ({
        metricName: name + suffix,
        labels: defined(labels),
        value,
      })),
    ),
  });
  // All that a registry asks of a metric.
  return { name, get } as unknown as Histogram;
}

/** Without the labels that there are none of: prom-client would write them. */
function defined<Labels extends object>(labels: Labels): { [Name in keyof Labels]: string } {
  const entries = Object.entries(labels).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof Labels]: string };
}
