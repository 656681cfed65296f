import { Gauge, type Registry } from 'prom-client';

/** What is read when it is collected. */
export interface ReadGauge<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly Label[];
  /** Each value with its labels; what it does not give any more is not shown any more. */
  read(): Iterable<readonly [Partial<Record<Label, string>>, number]>;
}

export function addGauge<Label extends string = never>(
  registry: Registry,
  { name, help, labelNames = [], read }: ReadGauge<Label>,
): void {
  const gauge = new Gauge<Label>({
    name,
    help,
    labelNames: [...labelNames],
    registers: [],
    collect() {
      this.reset();
      for (const [labels, value] of read()) this.set(labels, value);
    },
  });
  registry.registerMetric(gauge);
}
