import type { Response } from 'express';

/** The time limit of one request; made only where something has to be waited for. */
export class Deadline {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly requestMs: number,
    private readonly response: Response,
    private readonly expire: () => void,
  ) {}

  /** Starts the time, unless it runs. */
  start(): void {
    if (this.timer || this.response.closed) return;
    // Beyond what a timer can hold it would fire at once.
    this.timer = setTimeout(() => this.onTime(), Math.min(this.requestMs, 2_147_483_647));
    this.response.once('close', () => this.stop());
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private onTime(): void {
    // An answer that has begun is not cut: it may be a long one.
    if (!this.response.headersSent && !this.response.writableEnded) this.expire();
  }
}
