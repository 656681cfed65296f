import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { injectable } from 'inversify';
import { DashboardConfig } from '../config.ts';

/** A browser that we know again. */
export interface Session {
  /** `token`: who it is has shown the token. `local`: it is on this machine, and only there is it worth anything. */
  readonly kind: 'token' | 'local';
  readonly id: string;
  /** In ms since 1970. */
  readonly expires: number;
}

/**
 * Sessions live in signed cookies, so that they outlast a reload of the dashboard. The key is made of the token: another token
 * ends all of them. Without a token each generation has a key of its own.
 */
@injectable()
export class Sessions {
  readonly #key: Buffer;
  readonly #token: string | undefined;
  /** Those that were signed out, until they would be over anyway. */
  #ended: readonly Session[] = [];

  constructor({ token }: DashboardConfig) {
    this.#token = token;
    this.#key = createHash('sha256')
      .update('plugboard dashboard')
      .update(token ?? randomBytes(32))
      .digest();
  }

  /** Whether it is the token; how long that takes says nothing of it. */
  isToken(given: string): boolean {
    return this.#token !== undefined && isSame(given, this.#token);
  }

  /** What a cookie is to hold. */
  issue(kind: Session['kind'], now = Date.now()): string {
    const payload = [kind, randomBytes(18).toString('base64url'), (now + lifetimeMs).toString(36)].join('.');
    return `${payload}.${this.#sign('session', payload)}`;
  }

  /** The session that a cookie holds, if we have issued it and it is not over. */
  read(cookie: string | undefined, now = Date.now()): Session | undefined {
    const [kind, id, expires, signature] = cookie?.split('.') ?? [];
    if (!id || !expires || !signature || (kind !== 'token' && kind !== 'local')) return undefined;
    if (!isSame(signature, this.#sign('session', [kind, id, expires].join('.')))) return undefined;
    const session: Session = { kind, id, expires: Number.parseInt(expires, 36) };
    return session.expires > now && !this.#ended.some((ended) => ended.id === id) ? session : undefined;
  }

  /** Its cookie is worth nothing any more, whoever has a copy of it. */
  end(session: Session, now = Date.now()): void {
    this.#ended = [...this.#ended.filter(({ expires }) => expires > now), session];
  }

  /** What each form of a session must bring along: only our own pages know it. */
  formToken({ id }: Session): string {
    return this.#sign('form', id);
  }

  isFormToken(given: unknown, session: Session): boolean {
    return typeof given === 'string' && isSame(given, this.formToken(session));
  }

  #sign(purpose: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${purpose}:${text}`).digest('base64url');
  }
}

/** 12 hours: a working day. */
export const lifetimeMs = 12 * 60 * 60 * 1000;

// Digests are of one length, whatever was given.
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
