import type { Response } from 'express';
import { isSent } from './sent.ts';

/** The requests of one generation: how many there were, and those that are not yet answered to the end. */
export class Traffic {
  /** How many were taken since the last {@link takeCount}. */
  #begun = 0;
  readonly #underWay = new Set<Response>();
  /** So many may be under way before it is looked for those that are over. */
  #room = leastRoom;
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
    if (this.#underWay.size < this.concurrency) return false;
    this.dropThoseOver();
    return this.#underWay.size >= this.concurrency;
  }

  begin(): void {
    this.#begun += 1;
  }

  /** How many are under way now. */
  get size(): number {
    this.dropThoseOver();
    return this.#underWay.size;
  }

  takeCount(): number {
    const begun = this.#begun;
    this.#begun = 0;
    return begun;
  }

  /** To be called when the handler has returned: most are answered to the end by then, and cost nothing. */
  add(response: Response): void {
    if (isOver(response) || this.#underWay.has(response)) return;
    this.#underWay.add(response);
    response.on('close', this.#onClose);
  }

  /** The same for one whose work is told to be {@link done}: until then nobody need listen to it. */
  expect(response: Response): void {
    if (isOver(response)) return;
    this.#underWay.add(response);
    if (this.#underWay.size > this.#room) this.dropThoseOver();
  }

  /** An expected one was worked on to the end; what is still to be sent of it is waited for. */
  done(response: Response): void {
    if (!this.#underWay.has(response)) return;
    if (isOver(response)) this.#end(response);
    else response.on('close', this.#onClose);
  }

  /** Resolves when all are answered or their clients gone, or after `limitMs`; gives whether none is left. */
  async finished(limitMs: number): Promise<boolean> {
    this.dropThoseOver();
    if (this.#underWay.size === 0) return true;
    for (const response of this.#underWay) response.off('close', this.#onClose).on('close', this.#onClose);
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

  /** Forgets those whose clients have gone while their work goes on. */
  dropThoseOver(): void {
    for (const response of this.#underWay) if (isOver(response)) this.#underWay.delete(response);
    this.#room = Math.max(leastRoom, 2 * this.#underWay.size);
  }
}

const leastRoom = 64;

function isOver(response: Response): boolean {
  return isSent(response) || response.closed;
}
