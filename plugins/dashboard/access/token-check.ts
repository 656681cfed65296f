import type { Request } from 'express';
import { injectable } from 'inversify';
import { Attempts, thisMachine } from './attempts.ts';
import { addressOf, Audit } from './audit.ts';
import { isLocal } from './loopback.ts';
import { Sessions } from './sessions.ts';

/** What there is to say of a token that somebody has shown. */
export type TokenVerdict =
  { readonly is: 'right' | 'wrong' } | { readonly is: 'unseen'; readonly waitSeconds: number };

/** Looks at the tokens that strangers show: no faster than anybody types, and at none unnoticed. */
@injectable()
export class TokenCheck {
  readonly #attempts = new Attempts();

  constructor(
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  check(given: string, request: Request): TokenVerdict {
    const from = isLocal(request) ? thisMachine : (request.ip ?? 'unknown');
    const now = performance.now();
    const waitMs = this.#attempts.waitMs(from, now);
    const entry = { audit: 'sign-in', who: addressOf(request) };
    if (waitMs > 0) {
      this.audit.refused(entry, 'there were too many wrong tokens within a minute');
      return { is: 'unseen', waitSeconds: Math.ceil(waitMs / 1000) };
    }
    if (this.sessions.isToken(given)) return { is: 'right' };
    this.#attempts.fail(from, now);
    this.audit.refused(entry, 'that is not the token');
    return { is: 'wrong' };
  }
}
