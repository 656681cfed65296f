/** What the requests of one route are told by. */
export interface RouteLabels {
  readonly plugin: string;
  readonly method: string;
  readonly route: string;
}

/** The requests of one route with one status. */
export interface AnswerSeries {
  readonly route: RouteLabels;
  readonly labels: RouteLabels & { readonly status: string };
  count: number;
}

/**
 * The series that there are, up to a limit: what comes beyond belongs to `other` of its plugin. So nothing that clients or
 * plugins do makes the memory of the host grow without end, nor that of whoever collects from it.
 */
export class RequestSeries {
  /** By plugin, route, method and status: found without putting a key together for each request. */
  readonly #plugins = new Map<string, Map<string, Map<string, Map<number, AnswerSeries>>>>();
  #count = 0;

  constructor(
    private readonly limit: number,
    private readonly nameStatus: (status: number) => string,
  ) {}

  find(plugin: string, route: string, method: string, status: number): AnswerSeries {
    const known = this.#plugins.get(plugin)?.get(route)?.get(method)?.get(status);
    return known ?? this.#findSlowly(plugin, route || none, methods.has(method) ? method : other, status);
  }

  *[Symbol.iterator](): Iterator<AnswerSeries> {
    for (const plugin of this.#plugins.keys()) yield* this.#of(plugin);
  }

  /** Those that have series. */
  get plugins(): readonly string[] {
    return [...this.#plugins.keys()];
  }

  /** Ends the series of a plugin; gives the routes that they were of. */
  remove(plugin: string): ReadonlySet<RouteLabels> {
    const removed = this.#of(plugin);
    this.#plugins.delete(plugin);
    this.#count -= removed.size;
    return new Set([...removed].map(({ route }) => route));
  }

  #findSlowly(plugin: string, route: string, method: string, status: number): AnswerSeries {
    const isFull = this.#count >= this.limit;
    const answers = isFull ? this.#answersOf(plugin, other, other) : this.#answersOf(plugin, route, method);
    const label = this.nameStatus(status);
    let series = answers.get(status) ?? [...answers.values()].find(({ labels }) => labels.status === label);
    if (!series) {
      const labels = isFull ? { plugin, method: other, route: other } : { plugin, method, route };
      const [first] = answers.values();
      series = { route: first?.route ?? labels, labels: { ...labels, status: label }, count: 0 };
      this.#count += 1;
    }
    answers.set(status, series);
    return series;
  }

  #answersOf(plugin: string, route: string, method: string): Map<number, AnswerSeries> {
    const routes = getOrAdd(this.#plugins, plugin, () => new Map());
    const byMethod = getOrAdd(routes, route, () => new Map());
    return getOrAdd(byMethod, method, () => new Map());
  }

  #of(plugin: string): ReadonlySet<AnswerSeries> {
    const routes = [...(this.#plugins.get(plugin)?.values() ?? [])];
    const answers = routes.flatMap((byMethod) => [...byMethod.values()]);
    return new Set(answers.flatMap((byStatus) => [...byStatus.values()]));
  }
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** A client may send any word. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const other = 'other';
const none = 'none';
