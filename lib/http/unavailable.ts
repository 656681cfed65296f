import type { Response } from 'express';

/** What a client is told of a plugin that can't serve it now. */
export interface Unavailability {
  readonly plugin: string;
  readonly state: string;
}

/** 503, and when to come again. */
export function answerUnavailable(
  response: Response,
  { plugin, state }: Unavailability,
  retryAfterMs: number,
): void {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  response.status(503).set('Retry-After', String(seconds)).json({ plugin, state });
}
