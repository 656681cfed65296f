import type { NextFunction, Request, Response } from 'express';
import { injectable } from 'inversify';
import { Middleware, type ExpressMiddlewareInterface } from 'routing-controllers';
import { Access } from './access.ts';

/** In front of every route: is there a dashboard at all, and is it a page of ours that asks? */
@injectable()
@Middleware({ type: 'before' })
export class Gate implements ExpressMiddlewareInterface {
  constructor(private readonly access: Access) {}

  use(request: Request, response: Response, next: NextFunction): void {
    const { access } = this;
    if (!access.isOn) {
      refuse(response, 404, 'Not Found');
      return;
    }
    response.set(protectiveHeaders);
    // With CORS for all, any page could read what only a browser on this machine may see.
    if (!access.isOwnOrigin(request)) refuse(response, 403, 'Another site may not use the dashboard.');
    else if (!access.hasToken && !access.isLocal(request)) refuse(response, 403, localOnly);
    else next();
  }
}

function refuse(response: Response, status: number, text: string): void {
  response.status(status).type('text/plain').send(text);
}

const localOnly =
  'The dashboard is for browsers on the machine itself, by the name localhost and past no proxy. ' +
  'For others set a token: settings: { dashboard: { config: { token } } }.';

const protectiveHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not `no-referrer`: with that, browsers send no Origin with a form.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
