import type { Request, Response } from 'express';
import { injectable } from 'inversify';
import { PluginInfo } from 'plugboard';
import { Body, Controller, Get, Post, Render, Req, Res, UseBefore } from 'routing-controllers';
import { Access } from './access.ts';
import { addressOf, Audit } from './audit.ts';
import { SignedIn, visitorOf } from './signed-in.ts';
import { TokenCheck } from './token-check.ts';

/** Who has the token signs in with it once, and has a session from then on. */
@injectable()
@Controller('/dashboard')
export class SignInController {
  constructor(
    private readonly access: Access,
    private readonly tokens: TokenCheck,
    private readonly info: PluginInfo,
    private readonly audit: Audit,
  ) {}

  @Get('/sign-in')
  @Render('sign-in')
  ask() {
    return { mistake: '' };
  }

  @Post('/sign-in')
  @Render('sign-in')
  signIn(@Body() body: Record<string, unknown>, @Req() request: Request, @Res() response: Response) {
    const { token } = body;
    const verdict = this.tokens.check(typeof token === 'string' ? token.trim() : '', request);
    if (verdict.is === 'unseen') {
      response.status(429).set('Retry-After', String(verdict.waitSeconds));
      return { mistake: `Too many wrong tokens. Try again in ${verdict.waitSeconds} s.` };
    }
    if (verdict.is === 'wrong') {
      response.status(401);
      return { mistake: notTheToken };
    }
    const session = this.access.signIn(request, response, 'token');
    const who = `token session ${session?.id.slice(0, 6)}, from ${addressOf(request)}`;
    this.audit.done(
      { audit: 'sign-in', who, result: 'signed in' },
      'Somebody has signed in to the dashboard.',
    );
    response.redirect(303, `${request.baseUrl}${this.info.baseUrl}/dashboard`);
    return response;
  }

  @Post('/sign-out')
  @UseBefore(SignedIn)
  signOut(@Body() body: Record<string, unknown>, @Req() request: Request, @Res() response: Response) {
    const visitor = visitorOf(request);
    const { who } = visitor;
    const refusal = this.access.refusal(request, visitor, body['form']);
    if (refusal) {
      this.audit.refused({ audit: 'sign-out', who }, refusal);
      return response.status(403).type('text/plain').send(`Refused: ${refusal}.`);
    }
    this.access.signOut(request, response, visitor);
    this.audit.done(
      { audit: 'sign-out', who, result: 'signed out' },
      'Somebody has signed out of the dashboard.',
    );
    response.redirect(303, `${request.baseUrl}${this.info.baseUrl}/dashboard/sign-in`);
    return response;
  }
}

const notTheToken =
  'That is not the token. It is what settings.dashboard.config.token or PLUGBOARD_DASHBOARD_TOKEN is set to.';
