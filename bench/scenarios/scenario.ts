/** One request, as it is sent. */
export interface BenchRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What every peer must answer before it is timed. */
export interface Check {
  readonly request: BenchRequest;
  readonly status: readonly number[];
  /** What the parsed JSON must be, or what looks at it; none for a refusal, whose body is each peer's own. */
  readonly body?: object | ((answer: unknown) => void);
  readonly headers?: Readonly<Record<string, string>>;
}

/** A peer under one variant of a scenario: what one row of a table tells of. */
export interface Case {
  readonly peer: string;
  readonly variant: string;
}

/** What ratios are taken to. */
export interface Base {
  readonly title: string;
  of(row: Case): Case;
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** One name, empty, where there is nothing to vary. */
  readonly variants: readonly string[];
  readonly bases: readonly Base[];
  /** What is asked in turn while the clock runs. */
  requests(row: Case): readonly BenchRequest[];
  checks(row: Case): readonly Check[];
}

/** The usual three that others are compared with. */
export const usualBases: readonly Base[] = [
  { title: 'raw', of: ({ variant }) => ({ peer: 'raw', variant }) },
  { title: 'Fastify', of: ({ variant }) => ({ peer: 'fastify', variant }) },
  { title: 'RC', of: ({ variant }) => ({ peer: 'routing-controllers', variant }) },
];
