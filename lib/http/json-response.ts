import express, { type Response } from 'express';
import { ServerResponse } from 'node:http';

/**
 * Sends a value as Express's `response.json` does, but without an ETag, and with head and body in one write. Where the
 * app has changed what a response does, or what it does depends on its headers, Express has the word.
 */
export function sendJson(response: Response, value: unknown): void {
  const text = isOrdinary(response) ? JSON.stringify(value) : undefined;
  if (text === undefined) {
    response.json(value);
    return;
  }
  response.writeHead(response.statusCode, [
    'Content-Type',
    contentType(response),
    'Content-Length',
    String(Buffer.byteLength(text)),
  ]);
  response.end(text);
}

function isOrdinary(response: Response): boolean {
  return (
    response.json === express.response.json &&
    response.send === express.response.send &&
    response.writeHead === ServerResponse.prototype.writeHead &&
    response.end === ServerResponse.prototype.end &&
    !isSpecial(response.statusCode) &&
    !isConditional(response) &&
    !formatsJson(response.app.settings as Settings)
  );
}

/** Without a body, or with one of its own. */
function isSpecial(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** Express compares these with what the client has. */
function isConditional(response: Response): boolean {
  return (
    response.hasHeader('ETag') ||
    response.hasHeader('Last-Modified') ||
    response.hasHeader('Transfer-Encoding')
  );
}

type Settings = Readonly<Record<string, unknown>>;

function formatsJson(settings: Settings): boolean {
  return Boolean(settings['json escape'] || settings['json replacer'] || settings['json spaces']);
}

/** JSON is UTF-8 whatever the app or `@ContentType` has said. */
function contentType(response: Response): string {
  const given = response.getHeader('Content-Type');
  if (typeof given !== 'string') return 'application/json; charset=utf-8';
  return `${given.replace(/;\s*charset=[^;]*/i, '')}; charset=utf-8`;
}
