import { AsyncResource } from 'node:async_hooks';
import type { Response } from 'express';
import { waitingLine, type Waiting, type WaitingLine } from './waiting-line.ts';

/** What becomes of a request whose time is up. */
export interface Expiring {
  expire(): void;
}

/**
 * The time limit of one request; made only where something has to be waited for. Requests share a timer, so each
 * brings the async context in which it expires.
 */
export class Deadline extends AsyncResource implements Waiting {
  due = 0;
  previous: Waiting | undefined = undefined;
  next: Waiting | undefined = undefined;
  private isRunning = false;
  private readonly line: WaitingLine;

  constructor(
    requestMs: number,
    private readonly response: Response,
    private readonly expiring: Expiring,
  ) {
    super('RequestDeadline');
    this.line = waitingLine(requestMs);
  }

  /** Starts the time, unless it runs. */
  start(): void {
    if (this.isRunning || this.response.closed) return;
    this.isRunning = true;
    this.line.add(this);
  }

  /** Where an answer is known to be there; of all others the line finds out by itself. */
  stop(): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    this.line.remove(this);
  }

  /** An answer that has begun is not cut: it may be a long one. */
  get isOver(): boolean {
    return this.response.headersSent || this.response.writableEnded || this.response.closed;
  }

  expire(): void {
    this.runInAsyncScope(this.expiring.expire, this.expiring);
  }
}
