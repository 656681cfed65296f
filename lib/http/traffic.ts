import type { Response } from 'express';

/** The requests of one generation: how many there were, and those that are not yet answered to the end. */
export class Traffic {
  /** How many were taken since the last {@link takeCount}. */
  #begun = 0;
  readonly #underWay = new Set<Response>();
  readonly #onIdle = new Set<() => void>();
  /** One for all responses, which are `this` in it: a listener made for each of them is what every async action would pay. */
  readonly #onClose: (this: Response) => void;

  constructor(
    readonly plugin: string,
    /** How many may be under way at once. */
    private readonly concurrency = Number.POSITIVE_INFINITY,
  ) {
    const end = (response: Response): void => this.#end(response);
    this.#onClose = function () {
      end(this);
    };
  }

  get isFull(): boolean {
    return this.concurrency !== Infinity && this.#underWay.size >= this.concurrency;
  }

  begin(): void {
    this.#begun += 1;
  }

  takeCount(): number {
    const begun = this.#begun;
    this.#begun = 0;
    return begun;
  }

  /** To be called when the handler has returned: most are answered to the end by then, and cost nothing. */
  add(response: Response): void {
    if (response.writableFinished || response.closed || this.#underWay.has(response)) return;
    this.#underWay.add(response);
    response.on('close', this.#onClose);
  }

  /** Resolves when all are answered or their clients gone, or after `limitMs`; gives whether none is left. */
  async finished(limitMs: number): Promise<boolean> {
    if (this.#underWay.size === 0) return true;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#onIdle.delete(done);
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      this.#onIdle.add(done);
    });
    return this.#underWay.size === 0;
  }

  /** Those that are left. */
  [Symbol.iterator](): Iterator<Response> {
    return this.#underWay.values();
  }

  #end(response: Response): void {
    this.#underWay.delete(response);
    if (this.#underWay.size > 0) return;
    for (const resolve of this.#onIdle) resolve();
  }
}
