import express, { type Request, type RequestHandler } from 'express';
import type { ActionMetadata } from 'routing-controllers';
import type { IncomingMessage } from 'node:http';
import type { Limits } from './plugin-routes.ts';

interface ParserSettings {
  readonly limit: number | string;
  readonly type?: string | string[] | ((request: IncomingMessage) => unknown);
}

/** Reads the body of a request that the app has not read: JSON or text as the action is, and forms. */
export function compileBodyParser(
  metadata: ActionMetadata,
  { bodyBytes }: Limits,
): RequestHandler | undefined {
  if (!metadata.isBodyUsed) return undefined;
  const limit = bodyBytes ?? 100 * 1024;
  const settings: ParserSettings = { limit, ...(metadata.bodyExtraOptions as object | undefined) };
  const parse = metadata.isJsonTyped ? express.json(settings) : express.text(settings);
  const isDeclaredTooLarge = compileLengthCheck(metadata, settings);
  const parseForm = express.urlencoded({ limit: settings.limit, extended: true });
  return (request, response, next) => {
    if (request.body !== undefined) return next();
    if (!hasBody(request)) {
      request.body = {};
      return next();
    }
    if (isDeclaredTooLarge(request)) return next(payloadTooLarge());
    const parser = isForm(request) ? parseForm : parse;
    parser(request, response, (error?: unknown) => {
      // As body-parser 1, which routing-controllers is used to: a body of another type is an empty one.
      request.body ??= {};
      next(error);
    });
  };
}

/** Whether a body that would be read is refused by its length: body-parser would wait until all of it is there. */
function compileLengthCheck(
  { isJsonTyped }: ActionMetadata,
  { limit, type = isJsonTyped ? 'application/json' : 'text/plain' }: ParserSettings,
): (request: Request) => boolean {
  // Any other form of them is left to body-parser.
  if (typeof limit !== 'number' || typeof type === 'function') return () => false;
  return (request) =>
    Number(request.headers['content-length']) > limit && (isForm(request) || Boolean(request.is(type)));
}

function payloadTooLarge(): Error {
  return Object.assign(new Error('request entity too large'), {
    name: 'PayloadTooLargeError',
    type: 'entity.too.large',
    status: 413,
    statusCode: 413,
    expose: true,
  });
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isForm({ headers }: Request): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
}
