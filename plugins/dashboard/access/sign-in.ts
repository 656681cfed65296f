import type { Request, Response } from 'express';
import { injectable } from 'inversify';
import { Logger, PluginInfo } from 'plugboard';
import { Body, Controller, Get, Post, Render, Req, Res, UseBefore } from 'routing-controllers';
import { Access } from './access.ts';
import { Sessions } from './sessions.ts';
import { SignedIn, visitorOf } from './signed-in.ts';

/** Who has the token signs in with it once, and has a session from then on. */
@injectable()
@Controller('/dashboard')
export class SignInController {
  constructor(
    private readonly access: Access,
    private readonly sessions: Sessions,
    private readonly info: PluginInfo,
    private readonly log: Logger,
  ) {}

  @Get('/sign-in')
  @Render('sign-in')
  ask() {
    return { mistake: '' };
  }

  @Post('/sign-in')
  @Render('sign-in')
  signIn(@Body() body: Record<string, unknown>, @Req() request: Request, @Res() response: Response) {
    const from = request.socket.remoteAddress;
    const { token } = body;
    if (typeof token !== 'string' || !this.sessions.isToken(token.trim())) {
      this.log.warn('Somebody tried to sign in to the dashboard with a wrong token.', {
        audit: 'sign-in',
        from,
      });
      response.status(401);
      return { mistake: 'That is not the token. It is what settings.dashboard.config.token is set to.' };
    }
    const session = this.access.signIn(request, response, 'token');
    this.log.info('Somebody has signed in to the dashboard.', {
      audit: 'sign-in',
      from,
      session: session?.id.slice(0, 6),
    });
    response.redirect(303, `${request.baseUrl}${this.info.baseUrl}/dashboard`);
    return response;
  }

  @Post('/sign-out')
  @UseBefore(SignedIn)
  signOut(@Body() body: Record<string, unknown>, @Req() request: Request, @Res() response: Response) {
    const refusal = this.access.refusal(request, visitorOf(request), body['form']);
    if (refusal) return response.status(403).type('text/plain').send(`Refused: ${refusal}.`);
    this.access.signOut(request, response);
    response.redirect(303, `${request.baseUrl}${this.info.baseUrl}/dashboard/sign-in`);
    return response;
  }
}
