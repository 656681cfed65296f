import type { Response } from 'express';

/** The time limit of one request. It costs nothing until something has to be waited for. */
export class Deadline {
  private timer: NodeJS.Timeout | undefined;
  private isPaused = false;
  private isWanted = false;

  constructor(
    private readonly requestMs: number,
    private readonly response: Response,
    private readonly expire: () => void,
  ) {}

  /** Starts the time, unless it runs or is paused. */
  start(): void {
    this.isWanted = true;
    if (this.timer || this.isPaused || this.requestMs === Infinity || this.response.closed) return;
    // Beyond what a timer can hold it would fire at once.
    this.timer = setTimeout(() => this.onTime(), Math.min(this.requestMs, 2_147_483_647));
    this.response.once('close', () => this.stop());
  }

  /** While the client is sending its request: that is not the action's time. */
  pause(): void {
    this.isPaused = true;
    this.stop();
  }

  resume(): void {
    this.isPaused = false;
    if (this.isWanted) this.start();
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
