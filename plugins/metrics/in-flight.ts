import type { Monitor, Plugins } from 'plugboard';
import type { Registry } from 'prom-client';
import { addGauge } from './add-gauge.ts';
import { methodLabel, type RequestSeries } from './request-series.ts';
import type { RouteLabels } from './route-series.ts';

/** Shows the requests that wait for their answers: under the labels of those that were answered, and 0 where none waits. */
export function addInFlight(
  registry: Registry,
  series: RequestSeries,
  { plugins, monitor }: { readonly plugins: Plugins; readonly monitor: Monitor },
): void {
  addGauge(registry, {
    name: 'plugboard_requests_in_flight',
    help: 'Requests that wait for their answers',
    labelNames: ['plugin', 'method', 'route'],
    read: () => [...plugins].flatMap(({ name }) => inFlight(name, series, monitor)),
  });
}

function inFlight(
  plugin: string,
  series: RequestSeries,
  monitor: Monitor,
): readonly (readonly [RouteLabels, number])[] {
  const answered = [...series.routes].filter(({ labels }) => labels.plugin === plugin);
  const counts = new Map(answered.map(({ labels }) => [labels, 0]));
  for (const { method, route, count } of monitor.inFlightByRoute(plugin)) {
    const labels = series.labelsFor({ plugin, method: methodLabel(method), route });
    counts.set(labels, (counts.get(labels) ?? 0) + count);
  }
  return [...counts];
}
