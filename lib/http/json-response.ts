import express, { type Response } from 'express';
import { ServerResponse } from 'node:http';

/**
 * Sends a value as Express's `response.json` does, but without an ETag, and with head and body in one write. Where the
 * app has changed what a response does, or what it does depends on its headers, Express has the word.
 */
export function sendJson(response: Response, value: unknown): void {
  const headers = response.getHeaderNames();
  const text = isOrdinary(response, headers) ? JSON.stringify(value) : undefined;
  if (text === undefined) {
    response.json(value);
    return;
  }
  writeHead(response, headers, String(Buffer.byteLength(text)));
  endWith(response, text);
}

/** A list is what Node is quickest with where it is all that there is; among other headers Node 24 is slow to merge it. */
function writeHead(response: Response, headers: readonly string[], length: string): void {
  if (headers.length > 0) {
    response.setHeader('Content-Type', contentType(response));
    response.setHeader('Content-Length', length);
    response.writeHead(response.statusCode);
  } else {
    response.writeHead(response.statusCode, ['Content-Type', jsonType, 'Content-Length', length]);
  }
}

const jsonType = 'application/json; charset=utf-8';

/** What Node's own `write` and `end` stand on: sends the head, if it is still to be sent, and a text as one. */
interface Sender {
  readonly _send?: (text: string, encoding: 'utf8') => void;
  /** false for HEAD, and for a status that has no body. */
  readonly _hasBody?: boolean;
  readonly strictContentLength: boolean;
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

/** Express compares these with what the client has, or does without a length. */
function isConditional(header: string): boolean {
  return header === 'etag' || header === 'last-modified' || header === 'transfer-encoding';
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
