/** What the requests of one plugin were like. */
export class Traffic {
  /** Durations of the last requests, in ms; the oldest is overwritten. */
  readonly #durations = new Float64Array(keptDurations);
  readonly #seconds = new Uint32Array(rateSeconds);
  #count = 0;
  #errors = 0;
  #second = 0;
  /** Of how many requests {@link #p99} is. */
  #sortedAt = -1;
  #p99: number | undefined;

  /** `ms` is undefined where it says nothing: the client went. `now` in ms, of any clock that only goes on. */
  add(status: number, ms: number | undefined, now: number): void {
    this.#advance(now);
    const second = this.#second % rateSeconds;
    this.#seconds[second] = (this.#seconds[second] ?? 0) + 1;
    if (status >= 500) this.#errors += 1;
    if (ms === undefined) return;
    this.#durations[this.#count % keptDurations] = ms;
    this.#count += 1;
  }

  /** Answers of 500 and above. */
  get errors(): number {
    return this.#errors;
  }

  /** Requests per second over the last 10 full seconds. */
  rate(now: number): number {
    this.#advance(now);
    const current = this.#seconds[this.#second % rateSeconds] ?? 0;
    const sum = this.#seconds.reduce((total, count) => total + count, 0);
    return (sum - current) / (rateSeconds - 1);
  }

  /** Of the last 512 requests, in ms; undefined before the first. */
  get p99(): number | undefined {
    if (this.#sortedAt === this.#count) return this.#p99;
    const sorted = this.#durations.slice(0, Math.min(this.#count, keptDurations)).sort();
    this.#p99 = sorted[Math.ceil(sorted.length * 0.99) - 1];
    this.#sortedAt = this.#count;
    return this.#p99;
  }

  #advance(now: number): void {
    const second = Math.floor(now / 1000);
    const passed = Math.min(second - this.#second, rateSeconds);
    for (let step = 0; step < passed; step += 1) this.#seconds[(second - step) % rateSeconds] = 0;
    this.#second = second;
  }
}

const keptDurations = 512;

/** The current second is not full yet, and does not count. */
const rateSeconds = 11;
