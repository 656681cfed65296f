import express, { type Response } from 'express';
import { ServerResponse } from 'node:http';

/**
 * Sends a value as Express's `response.json` does, but without an ETag, and with head and body in one write. Where the
 * app has changed what a response does, or what it does depends on its headers, Express has the word.
 *
 * @param isLast nobody comes after it who might ask for the headers of the answer.
 */
export function sendJson(response: Response & Sender, value: unknown, isLast: boolean): void {
  const headers = response.getHeaderNames();
  const text = isOrdinary(response, headers) ? JSON.stringify(value) : undefined;
  if (text === undefined) {
    response.json(value);
    return;
  }
  const length = Buffer.byteLength(text);
  const isUnseen = isLast && !isListenedTo(response) && saysLength(response);
  if (isUnseen) response._contentLength = length;
  else response.setHeader('Content-Length', String(length));
  try {
    if (isUnseen && headers.length === 0) {
      // What comes in a list Node need not keep. Among other headers Node 24 is slow to merge it.
      response.writeHead(response.statusCode, ['Content-Type', jsonType]);
    } else {
      response.setHeader('Content-Type', contentType(response));
      response.writeHead(response.statusCode);
    }
  } catch (error) {
    // Of another body, in the answer that tells of this.
    if (isUnseen) response._contentLength = null;
    throw error;
  }
  endWith(response, text);
}

const jsonType = 'application/json; charset=utf-8';

/** What Node's own `write` and `end` stand on. */
interface Sender {
  /** Sends the head, if it is still to be sent, and a text as one. */
  readonly _send?: (text: string, encoding: 'utf8') => void;
  /** false for HEAD, and for a status that has no body. */
  readonly _hasBody?: boolean;
  readonly strictContentLength: boolean;
  /** Of a body that is not sent in chunks: Node says it in the head where no header does. */
  _contentLength?: number | null;
  /** Somebody wants none. */
  readonly _removedContLen?: boolean;
  /** false for HTTP/1.0, where Node says no length by itself. */
  readonly useChunkedEncodingByDefault: boolean;
}

/** Node says the length of what has none in its headers, at half the cost of one more header. */
function saysLength(response: Sender): boolean {
  return (
    response._contentLength === null &&
    response._removedContLen === false &&
    response._hasBody === true &&
    response.useChunkedEncodingByDefault
  );
}

/** By more than Node itself, when all is sent: an access log, say, which may want to know the headers. */
function isListenedTo(response: Response): boolean {
  return response.listenerCount('finish') > 1 || response.listenerCount('close') > 0;
}

/** `end(text)` would write the text and the end of the answer apart, which takes a seventh of the time of a small answer. */
function endWith(response: Response & Sender, text: string): void {
  if (typeof response._send !== 'function' || response._hasBody !== true || response.strictContentLength) {
    response.end(text);
    return;
  }
  response._send(text, 'utf8');
  response.end();
}

function isOrdinary(response: Response, headers: readonly string[]): boolean {
  return (
    response.json === express.response.json &&
    response.send === express.response.send &&
    response.writeHead === ServerResponse.prototype.writeHead &&
    response.end === ServerResponse.prototype.end &&
    !isSpecial(response.statusCode) &&
    !headers.some(isConditional) &&
    !formatsJson(response.app.settings as Settings)
  );
}

/** Without a body, or with one of its own. */
function isSpecial(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Express compares these with what the client has, does without a length, or says it itself, where Node would not. */
function isConditional(header: string): boolean {
  return (
    header === 'etag' ||
    header === 'last-modified' ||
    header === 'transfer-encoding' ||
    header === 'content-length' ||
    header === 'trailer'
  );
}

type Settings = Readonly<Record<string, unknown>>;

function formatsJson(settings: Settings): boolean {
  return Boolean(settings['json escape'] || settings['json replacer'] || settings['json spaces']);
}

/** JSON is UTF-8 whatever the app or `@ContentType` has said. */
function contentType(response: Response): string {
  const given = response.getHeader('content-type');
  if (typeof given !== 'string') return jsonType;
  return `${given.replace(/;\s*charset=[^;]*/i, '')}; charset=utf-8`;
}
