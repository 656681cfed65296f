import type { Request, Response } from 'express';
import { injectable } from 'inversify';
import { PluginInfo } from 'plugboard';
import { DashboardConfig } from '../config.ts';
import { addressOf } from './audit.ts';
import { isLocal } from './loopback.ts';
import { lifetimeMs, Sessions, type Session } from './sessions.ts';

/** Who asks, once it is known that they may. */
export interface Visitor {
  /** For the audit log. */
  readonly who: string;
  /** Undefined where the token came with the request itself: no other page can make a browser do that. */
  readonly session: Session | undefined;
}

/** Decides who may see the dashboard, and who may do something there. */
@injectable()
export class Access {
  constructor(
    private readonly config: DashboardConfig,
    private readonly sessions: Sessions,
    private readonly info: PluginInfo,
  ) {}

  /** Without a token and without `loopback` nobody may, and nothing is there. */
  get isOn(): boolean {
    return this.hasToken || this.config.loopback;
  }

  get hasToken(): boolean {
    return this.config.token !== undefined;
  }

  /** Who has been here before and may come in again. */
  visitor(request: Request): Visitor | undefined {
    const session = this.#sessionOf(request);
    // Who may come in anyway may show the token as well, and needs no form then.
    const isKnown = session !== undefined || this.isLocal(request);
    if (isKnown && this.sessions.isToken(bearerOf(request) ?? '')) return tokenHolder(request);
    return (
      session && {
        who: `${session.kind} session ${session.id.slice(0, 6)}, from ${addressOf(request)}`,
        session,
      }
    );
  }

  /** A browser on this machine, where that is enough. */
  isLocal(request: Request): boolean {
    return this.config.loopback && isLocal(request);
  }

  /** Whether a request was made by a page of ours, as far as the browser tells; `true` where it tells nothing. */
  isOwnOrigin({ headers }: Request): boolean {
    const { origin, host, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers;
    // A link from elsewhere may lead here; a picture, script or stream of another page is none of ours.
    if ((site === 'cross-site' || site === 'same-site') && mode !== 'navigate') return false;
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    const own = this.config.origin;
    return own ? new URL(origin).origin === new URL(own).origin : new URL(origin).host === host;
  }

  /** Why an action is refused, if it is. A browser always says where a form comes from; a client with the token need not. */
  refusal(request: Request, { session }: Visitor, formToken: unknown): string | undefined {
    const { origin } = request.headers;
    if (!this.isOwnOrigin(request) || (session && origin === undefined))
      return `its Origin is ${origin ?? 'missing'}`;
    if (session && !this.sessions.isFormToken(formToken, session))
      return 'its form token is missing or wrong: load the page again';
    return undefined;
  }

  signIn(request: Request, response: Response, kind: Session['kind']): Session | undefined {
    const cookie = this.sessions.issue(kind);
    response.cookie(cookieName(request), cookie, { ...this.#cookieOptions(request), maxAge: lifetimeMs });
    return this.sessions.read(cookie);
  }

  signOut(request: Request, response: Response, { session }: Visitor): void {
    if (session) this.sessions.end(session);
    response.clearCookie(cookieName(request), this.#cookieOptions(request));
  }

  #sessionOf(request: Request): Session | undefined {
    const session = this.sessions.read(cookieOf(request));
    return (session?.kind === 'token' ? this.hasToken : this.isLocal(request)) ? session : undefined;
  }

  #cookieOptions(request: Request) {
    const isSecure = request.secure || this.config.origin?.startsWith('https:') === true;
    const path = `${request.baseUrl}${this.info.baseUrl}/dashboard`;
    return { httpOnly: true, sameSite: 'strict', secure: isSecure, path } as const;
  }
}

/** Who has shown the token with the request itself. */
export function tokenHolder(request: Request): Visitor {
  return { who: `the token, from ${addressOf(request)}`, session: undefined };
}

/** The token that a request shows, whether it is the right one or not. */
export function bearerOf({ headers }: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Browsers send a cookie to every port of a machine, and two hosts there are not to sign each other's visitors out. */
function cookieName({ headers }: Request): string {
  const port = /:(\d+)$/.exec(headers.host ?? '')?.[1];
  return port === undefined ? 'plugboard-dashboard' : `plugboard-dashboard-${port}`;
}

function cookieOf(request: Request): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(/; */).map((pair) => pair.split('='));
  return pairs.find(([name]) => name === cookieName(request))?.[1];
}
