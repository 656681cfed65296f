import type { NextFunction, Request, Response } from 'express';
import { injectable } from 'inversify';
import { PluginInfo } from 'plugboard';
import type { ExpressMiddlewareInterface } from 'routing-controllers';
import { Access, bearerOf, tokenHolder, type Visitor } from './access.ts';
import { Audit } from './audit.ts';
import { TokenCheck } from './token-check.ts';

/** In front of all that is not for everyone: lets in who may, and shows others where to sign in. */
@injectable()
export class SignedIn implements ExpressMiddlewareInterface {
  constructor(
    private readonly access: Access,
    private readonly tokens: TokenCheck,
    private readonly audit: Audit,
    private readonly info: PluginInfo,
  ) {}

  use(request: Request, response: Response, next: NextFunction): void {
    const known = this.access.visitor(request) ?? this.#welcomed(request, response);
    const shown = known ? undefined : bearerOf(request);
    const verdict = shown === undefined ? undefined : this.tokens.check(shown, request);
    const visitor = verdict?.is === 'right' ? tokenHolder(request) : known;
    if (visitor) {
      visitors.set(request, visitor);
      next();
    } else if (verdict?.is === 'unseen') {
      response.status(429).set('Retry-After', String(verdict.waitSeconds)).type('text/plain');
      response.send('Too many wrong tokens.');
    } else this.#refuse(request, response);
  }

  #refuse(request: Request, response: Response): void {
    this.audit.refusedRequest(request, 'nobody has signed in');
    if (request.method === 'GET' && request.accepts('html', 'json') === 'html') {
      response.redirect(303, `${request.baseUrl}${this.info.baseUrl}/dashboard/sign-in`);
    } else {
      response.status(401).set('WWW-Authenticate', 'Bearer').type('text/plain').send('Sign in first.');
    }
  }

  /** Who is on this machine needs to show nothing, and gets a session for the forms. */
  #welcomed(request: Request, response: Response): Visitor | undefined {
    if (!this.access.isLocal(request)) return undefined;
    const session = this.access.signIn(request, response, 'local');
    return { who: 'a browser on this machine', session };
  }
}

const visitors = new WeakMap<Request, Visitor>();

/** Who has passed {@link SignedIn}. */
export function visitorOf(request: Request): Visitor {
  const visitor = visitors.get(request);
  if (!visitor) throw new Error('This route is not behind SignedIn.');
  return visitor;
}
