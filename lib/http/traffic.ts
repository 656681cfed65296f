import type { Response } from 'express';
import { isSent } from './sent.ts';

/** A request that an action works on. */
export interface Work {
  readonly response: Response;
  /** Where {@link Traffic} has it; -1 where it has it not. */
  place: number;
}

/** The requests of one generation: how many there were, and those that are not yet answered to the end. */
export class Traffic {
  /** How many may be under way at once. */
  readonly #concurrency: number;
  /** How many were taken since the last {@link takeCount}. */
  #begun = 0;
  /** Those of which nobody will tell that they are over, so they are listened to. */
  readonly #underWay = new Set<Response>();
  /** A list in which each knows its place: most come and go at once, and V8 makes a set anew each time that it gets empty. */
  readonly #works: Work[] = [];
  /** So many may be under way before it is looked for those that are over. */
  #room = leastRoom;
  readonly #onIdle = new Set<() => void>();
  /** One for all responses, which are `this` in it: a listener made for each of them is what every async action would pay. */
  readonly #onClose: (this: Response) => void;

  constructor(
    readonly plugin: string,
    concurrency = Infinity,
  ) {
    this.#concurrency = concurrency;
    const end = (response: Response): void => {
      this.#underWay.delete(response);
      this.#tellIdle();
    };
    this.#onClose = function () {
      end(this);
    };
  }

  get isFull(): boolean {
    // Without a limit, at the cost of no more than a look at it.
    const limit = this.#concurrency;
    return limit !== Infinity && this.#length >= limit && this.size >= limit;
  }

  begin(): void {
    this.#begun += 1;
  }

  /** How many are under way now. */
  get size(): number {
    this.dropThoseOver();
    return this.#length;
  }

  get #length(): number {
    return this.#underWay.size + this.#works.length;
  }

  takeCount(): number {
    const begun = this.#begun;
    this.#begun = 0;
    return begun;
  }

  /** One that is worked on no more, or by nobody who tells: most are answered to the end by then, and cost nothing. */
  add(response: Response): void {
    if (isOver(response) || this.#underWay.has(response)) return;
    this.#underWay.add(response);
    response.on('close', this.#onClose);
  }

  /** One whose work is told to be {@link done}: until then nobody need listen to it. */
  expect(work: Work): void {
    if (isOver(work.response)) return;
    work.place = this.#works.push(work) - 1;
    if (this.#works.length > this.#room) this.dropThoseOver();
  }

  /** An expected one was worked on to the end; what is still to be sent of it is waited for. */
  done(work: Work): void {
    if (work.place < 0) return;
    this.add(work.response);
    this.#leave(work);
  }

  /** Resolves when all are answered or their clients gone, or after `limitMs`; gives whether none is left. */
  async finished(limitMs: number): Promise<boolean> {
    if (this.size === 0) return true;
    for (const work of this.#works) work.response.once('close', () => this.#leave(work));
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#onIdle.delete(done);
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      this.#onIdle.add(done);
    });
    return this.#length === 0;
  }

  /** Those that are left now, whatever comes or goes meanwhile. */
  [Symbol.iterator](): Iterator<Response> {
    return [...this.#underWay, ...this.#works.map(({ response }) => response)].values();
  }

  /** Forgets those whose clients have gone while their work goes on. */
  dropThoseOver(): void {
    for (const response of this.#underWay) if (isOver(response)) this.#underWay.delete(response);
    // From the end: where one leaves, one that was seen takes its place.
    for (let place = this.#works.length - 1; place >= 0; place--) {
      const work = this.#works[place] as Work;
      if (isOver(work.response)) this.#leave(work);
    }
    this.#room = Math.max(leastRoom, 2 * this.#works.length);
  }

  #leave(work: Work): void {
    if (work.place < 0) return;
    const last = this.#works.pop() as Work;
    if (last !== work) {
      this.#works[work.place] = last;
      last.place = work.place;
    }
    work.place = -1;
    this.#tellIdle();
  }

  #tellIdle(): void {
    if (this.#length > 0) return;
    for (const resolve of this.#onIdle) resolve();
  }
}

const leastRoom = 64;

function isOver(response: Response): boolean {
  return isSent(response) || response.closed;
}
