/** What the requests of one route are told by. */
export interface RouteLabels {
  /** None for what the host answers by itself. */
  readonly plugin: string | undefined;
  readonly method: string;
  readonly route: string;
}

/** How long the requests of one route took. */
export class RouteSeries {
  /** How many of them were within each bound and not within the one before; the last has all others. */
  private readonly counts: number[];
  /** In seconds. */
  private sum = 0;

  constructor(
    readonly labels: RouteLabels,
    private readonly bounds: readonly number[],
  ) {
    this.counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(seconds: number): void {
    const { bounds, counts } = this;
    let index = 0;
    while (index < bounds.length && seconds > (bounds[index] ?? 0)) index += 1;
    counts[index] = (counts[index] ?? 0) + 1;
    this.sum += seconds;
  }

  /** As Prometheus has a histogram: how many were within each bound, then their sum and number. */
  *samples(): Iterable<Sample> {
    let count = 0;
    for (const [index, bound] of [...this.bounds, '+Inf'].entries()) {
      count += this.counts[index] ?? 0;
      yield { suffix: '_bucket', labels: { le: bound, ...this.labels }, value: count };
    }
    yield { suffix: '_sum', labels: this.labels, value: this.sum };
    yield { suffix: '_count', labels: this.labels, value: count };
  }
}

export interface Sample {
  readonly suffix: '_bucket' | '_sum' | '_count';
  readonly labels: RouteLabels & { readonly le?: number | string };
  readonly value: number;
}
