import type { Request } from 'express';

/** What of a body parser's settings says whether a body is too large for it. */
export interface LengthSettings {
  readonly limit?: number | string | undefined;
  readonly type: unknown;
}

/**
 * Tells of a body that its length alone shows to be too large. body-parser would refuse it only when all of it had come, for
 * which a client that waits for the answer would wait for ever.
 */
export function compileLengthCheck({ limit, type }: LengthSettings): (request: Request) => boolean {
  // Any other form of them is left to body-parser.
  if (typeof limit !== 'number' || typeof type !== 'string') return () => false;
  const types = [type, 'urlencoded'];
  return (request) => Number(request.headers['content-length']) > limit && Boolean(request.is(types));
}

/** As body-parser makes it. */
export function payloadTooLarge(): Error {
  return Object.assign(new Error('request entity too large'), {
    name: 'PayloadTooLargeError',
    type: 'entity.too.large',
    status: 413,
    statusCode: 413,
    expose: true,
  });
}
