import type { Request, Response } from 'express';
import { injectable } from 'inversify';
import { PluginInfo } from 'plugboard';
import { DashboardConfig } from '../config.ts';
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

  /** Who may come in without further ado. */
  visitor(request: Request): Visitor | undefined {
    const from = request.socket.remoteAddress ?? 'an unknown address';
    if (this.sessions.isToken(bearer(request))) return { who: `the token, from ${from}`, session: undefined };
    const session = this.sessions.read(cookieOf(request));
    const isUsable = session?.kind === 'token' ? this.hasToken : this.isLocal(request);
    if (!session || !isUsable) return undefined;
    return { who: `${session.kind} session ${session.id.slice(0, 6)}, from ${from}`, session };
  }

  /** A browser on this machine, where that is enough. */
  isLocal(request: Request): boolean {
    return this.config.loopback && isLocal(request);
  }

  /** Whether a request was made by a page of ours, as far as the browser tells; `true` where it tells nothing. */
  isOwnOrigin({ headers }: Request): boolean {
    const { origin, host } = headers;
    if (origin === undefined) return true;
    const own = this.config.origin ? new URL(this.config.origin).host : host;
    return URL.canParse(origin) && new URL(origin).host === own;
  }

  /** Why an action is refused, if it is. A browser always says where a form comes from; a client with the token need not. */
  refusal(request: Request, visitor: Visitor, formToken: unknown): string | undefined {
    const { origin } = request.headers;
    if (!this.isOwnOrigin(request) || (visitor.session && origin === undefined))
      return `its Origin is ${origin ?? 'missing'}`;
    if (visitor.session && !this.sessions.isFormToken(formToken, visitor.session))
      return 'its form token is missing or wrong';
    return undefined;
  }

  signIn(request: Request, response: Response, kind: Session['kind']): Session | undefined {
    const cookie = this.sessions.issue(kind);
    response.cookie(cookieName, cookie, { ...this.#cookieOptions(request), maxAge: lifetimeMs });
    return this.sessions.read(cookie);
  }

  signOut(request: Request, response: Response): void {
    response.clearCookie(cookieName, this.#cookieOptions(request));
  }

  #cookieOptions(request: Request) {
    const isSecure = request.secure || this.config.origin?.startsWith('https:') === true;
    const path = `${request.baseUrl}${this.info.baseUrl}/dashboard`;
    return { httpOnly: true, sameSite: 'strict', secure: isSecure, path } as const;
  }
}

const cookieName = 'plugboard-dashboard';

function bearer({ headers }: Request): string {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
}

function cookieOf({ headers }: Request): string | undefined {
  const pairs = (headers.cookie ?? '').split(/; */).map((pair) => pair.split('='));
  return pairs.find(([name]) => name === cookieName)?.[1];
}
