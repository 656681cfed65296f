import type { NextFunction, Request, Response } from 'express';
import { injectable } from 'inversify';
import { Middleware, type ExpressMiddlewareInterface } from 'routing-controllers';
import { Access } from './access.ts';
import { Audit } from './audit.ts';

/** In front of every route: is there a dashboard at all, and is it a page of ours that asks? */
@injectable()
@Middleware({ type: 'before' })
export class Gate implements ExpressMiddlewareInterface {
  constructor(
    private readonly access: Access,
    private readonly audit: Audit,
  ) {}

  use(request: Request, response: Response, next: NextFunction): void {
    const { access } = this;
    if (!access.isOn) {
      refuse(response, 404, 'Not Found');
      return;
    }
    response.set(protectiveHeaders);
    // With CORS for all, any page could read what only a browser on this machine may see.
    const refusal = this.#refusal(request);
    if (refusal === undefined) {
      next();
      return;
    }
    this.audit.refusedRequest(request, refusal.why);
    refuse(response, 403, refusal.text);
  }

  #refusal(request: Request): { readonly why: string; readonly text: string } | undefined {
    const { access } = this;
    // With CORS for all, any page could read what only a browser on this machine may see.
    if (!access.isOwnOrigin(request))
      return { why: 'another site has sent it', text: 'Another site may not use the dashboard.' };
    if (!access.hasToken && !access.isLocal(request))
      return { why: 'it is not from this machine', text: localOnly };
    return undefined;
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
