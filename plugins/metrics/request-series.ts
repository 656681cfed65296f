import { STATUS_CODES } from 'node:http';
import { RouteSeries, type RouteLabels } from './route-series.ts';

/** The requests of one route with one status. */
export interface AnswerSeries {
  readonly route: RouteSeries;
  readonly status: string;
  count: number;
}

export interface SeriesOptions {
  /** Upper bounds of the latencies, in seconds, in rising order. */
  readonly buckets: readonly number[];
  readonly status: 'code' | 'class';
  /** So many; what comes beyond is counted as `other` of its plugin. */
  readonly maxSeries: number;
}

/**
 * The series that there are, up to a limit: what comes beyond belongs to `other` of its plugin. So nothing that clients or
 * plugins do makes the memory of the host grow without end, nor that of whoever collects from it.
 */
export class RequestSeries {
  /** By plugin, route, method and status: found without putting a key together for each request. */
  readonly #plugins = new Map<string | undefined, Map<string, Map<string, Map<number, AnswerSeries>>>>();
  readonly #nameStatus: (status: number) => string;
  #count = 0;

  constructor(private readonly options: SeriesOptions) {
    this.#nameStatus = options.status === 'code' ? statusCode : statusClass;
  }

  find(plugin: string | undefined, route: string, method: string, status: number): AnswerSeries {
    const known = this.#plugins.get(plugin)?.get(route)?.get(method)?.get(status);
    return known ?? this.#findSlowly(plugin, route, methodLabel(method), status);
  }

  *[Symbol.iterator](): Iterator<AnswerSeries> {
    for (const byRoute of this.#plugins.values())
      for (const byMethod of byRoute.values())
        for (const answers of byMethod.values()) yield* new Set(answers.values());
  }

  /** Each once, whatever its requests were answered with. */
  get routes(): ReadonlySet<RouteSeries> {
    return new Set([...this].map(({ route }) => route));
  }

  /** Ends the series of all other plugins; those of the host itself stay. */
  keepOnly(plugins: ReadonlySet<string>): void {
    for (const plugin of this.#plugins.keys())
      if (plugin !== undefined && !plugins.has(plugin)) this.#plugins.delete(plugin);
    this.#count = [...this].length;
  }

  /** Those of the series that a request would be counted in. */
  labelsFor(asked: RouteLabels): RouteLabels {
    const { plugin, method, route } = asked;
    const answers = this.#plugins.get(plugin)?.get(route)?.get(method);
    if (answers) return [...answers.values()][0]?.route.labels ?? asked;
    return this.#isFull && route !== other ? this.labelsFor({ plugin, method: other, route: other }) : asked;
  }

  get #isFull(): boolean {
    return this.#count >= this.options.maxSeries;
  }

  #findSlowly(plugin: string | undefined, route: string, method: string, status: number): AnswerSeries {
    const labels = this.#isFull ? { plugin, method: other, route: other } : { plugin, method, route };
    const answers = this.#answersOf(labels);
    const name = this.#nameStatus(status);
    const [first] = answers.values();
    let series = [...answers.values()].find((one) => one.status === name);
    if (!series) {
      const ofRoute = first?.route ?? new RouteSeries(labels, this.options.buckets);
      series = { route: ofRoute, status: name, count: 0 };
      this.#count += 1;
    }
    answers.set(status, series);
    return series;
  }

  #answersOf({ plugin, route, method }: RouteLabels): Map<number, AnswerSeries> {
    const routes = getOrAdd(this.#plugins, plugin, () => new Map());
    const byMethod = getOrAdd(routes, route, () => new Map());
    return getOrAdd(byMethod, method, () => new Map());
  }
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** A client may send any word. */
export function methodLabel(method: string): string {
  return methods.has(method) ? method : other;
}

/** A plugin may send any number. */
function statusCode(status: number): string {
  return status === clientClosed || status in STATUS_CODES ? String(status) : other;
}

function statusClass(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}

/** No standard has it: the client went before anything was sent. */
const clientClosed = 499;

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const other = 'other';
