import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, type Registry } from 'prom-client';

/** How often the loop is looked at, in ms. */
const resolution = 10;

/** The event loop and the memory of the process. */
export class ProcessMetrics {
  readonly #delay = monitorEventLoopDelay({ resolution });

  constructor(registry: Registry) {
    const delay = this.#delay;
    new Gauge({
      name: 'plugboard_event_loop_delay_seconds',
      help: 'How late the event loop came round since the last collection, in seconds; quantile 1 is the latest',
      labelNames: ['quantile'],
      registers: [registry],
      collect() {
        for (const quantile of [0.5, 0.9, 0.99, 1])
          this.set({ quantile: String(quantile) }, lateness(delay.percentile(quantile * 100)));
        delay.reset();
      },
    });
    new Gauge({
      name: 'process_resident_memory_bytes',
      help: 'Memory that the process has, in bytes',
      registers: [registry],
      collect() {
        this.set(process.memoryUsage.rss());
      },
    });
    new Gauge({
      name: 'process_start_time_seconds',
      help: 'When the process began, in seconds since 1970',
      registers: [registry],
    }).set(Math.round(performance.timeOrigin / 1000));
  }

  start(): void {
    this.#delay.enable();
  }

  stop(): void {
    this.#delay.disable();
  }
}

/** In seconds. What is measured, in ns, has the time between two looks in it. */
function lateness(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e9 - resolution / 1000);
}
