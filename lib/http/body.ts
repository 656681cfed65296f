import express, { type Request, type RequestHandler } from 'express';
import type { ActionMetadata } from 'routing-controllers';
import { compileLengthCheck, payloadTooLarge } from './declared-length.ts';
import { usualJson } from './json-body.ts';
import type { Limits } from './plugin-routes.ts';

/** Reads the body of a request that the app has not read: JSON or text as the action is, and forms. */
export function compileBodyParser(
  metadata: ActionMetadata,
  { bodyBytes }: Limits,
): RequestHandler | undefined {
  if (!metadata.isBodyUsed) return undefined;
  const limit = bodyBytes ?? 100 * 1024;
  const settings = { limit, ...(metadata.bodyExtraOptions as object | undefined) };
  const parse = metadata.isJsonTyped ? compileJsonParser(metadata, settings) : express.text(settings);
  const usualType = metadata.isJsonTyped ? 'application/json' : 'text/plain';
  const isDeclaredTooLarge = compileLengthCheck({ type: usualType, ...settings });
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

type JsonSettings = NonNullable<Parameters<typeof express.json>[0]>;

/**
 * body-parser, and in front of it what is quicker with what is usual, unless the action has settings for it, or a limit that
 * only body-parser can read.
 */
function compileJsonParser({ bodyExtraOptions }: ActionMetadata, settings: JsonSettings): RequestHandler {
  const parse = express.json(settings);
  return bodyExtraOptions === undefined && typeof settings.limit === 'number' ? usualJson(parse) : parse;
}

function hasBody({ headers }: Request): boolean {
  // An empty body is one: a text of no length is '', and its charset counts.
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
}

function isForm({ headers }: Request): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
}
