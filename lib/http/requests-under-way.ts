import type { Response } from 'express';

/** The requests that have been taken and not yet answered to the end. */
export class RequestsUnderWay {
  #count = 0;
  #onIdle: (() => void) | undefined;

  /** To be called when the handler has returned: most are answered to the end by then, and cost nothing. */
  add(response: Response): void {
    if (response.writableFinished || response.closed) return;
    this.#count++;
    response.once('close', () => {
      this.#count--;
      if (this.#count === 0) this.#onIdle?.();
    });
  }

  /** Resolves when all are answered or their clients gone, or after `limitMs`. */
  async finished(limitMs: number): Promise<void> {
    if (this.#count === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      timer = setTimeout(resolve, limitMs);
    });
    clearTimeout(timer);
  }
}
