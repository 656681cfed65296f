import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { addGauge } from './add-gauge.ts';

/** How often the loop is looked at, in ms. */
const resolution = 10;

/** The event loop and the memory of the process. */
export class ProcessMetrics {
  readonly #delay = monitorEventLoopDelay({ resolution });

  /** `defaults`: those of prom-client are shown beside, which have the memory and the beginning among them. */
  constructor(
    registry: Registry,
    private readonly defaults: boolean,
  ) {
    addGauge(registry, {
      name: 'plugboard_event_loop_delay_seconds',
      help: 'How late the event loop came round since the last collection, in seconds; quantile 1 is the latest',
      labelNames: ['quantile'],
      read: () => this.#readDelay(),
    });
    if (defaults) return;
    addGauge(registry, {
      name: 'process_resident_memory_bytes',
      help: 'Memory that the process has, in bytes',
      read: () => [[{}, process.memoryUsage.rss()]],
    });
    addGauge(registry, {
      name: 'process_start_time_seconds',
      help: 'When the process began, in seconds since 1970',
      read: () => [[{}, Math.round(performance.timeOrigin / 1000)]],
    });
  }

  start(): void {
    this.#delay.enable();
    // Some of them count from their beginning on.
    if (this.defaults) processRegistry();
  }

  stop(): void {
    this.#delay.disable();
  }

  async collectDefaults(): Promise<string> {
    return this.defaults ? `\n${await processRegistry().metrics()}` : '';
  }

  #readDelay() {
    const values = [0.5, 0.9, 0.99, 1].map((quantile) => {
      const labels = { quantile: String(quantile) };
      return [labels, lateness(this.#delay.percentile(quantile * 100))] as const;
    });
    this.#delay.reset();
    return values;
  }
}

let registryOfProcess: Registry | undefined;

/** One for all hosts, and for good: what prom-client begins for its own metrics can't be ended. */
function processRegistry(): Registry {
  if (!registryOfProcess) collectDefaultMetrics({ register: (registryOfProcess = new Registry()) });
  return registryOfProcess;
}

/** In seconds. What is measured, in ns, has the time between two looks in it. */
function lateness(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e9 - resolution / 1000);
}
