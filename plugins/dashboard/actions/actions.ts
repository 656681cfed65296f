import type { Request, Response } from 'express';
import { injectable } from 'inversify';
import { PluginInfo, Plugins } from 'plugboard';
import { Body, Controller, HeaderParam, Param, Post, Req, Res, UseBefore } from 'routing-controllers';
import { Access } from '../access/access.ts';
import { Audit } from '../access/audit.ts';
import { SignedIn, visitorOf } from '../access/signed-in.ts';
import { PluginActions, type ActionName } from './plugin-actions.ts';

/** What there is to do. Each try of it is a line in the log, whatever comes of it. */
@injectable()
@Controller('/dashboard')
@UseBefore(SignedIn)
export class ActionsController {
  constructor(
    private readonly plugins: Plugins,
    private readonly actions: PluginActions,
    private readonly access: Access,
    private readonly info: PluginInfo,
    private readonly audit: Audit,
  ) {}

  @Post('/plugins/:name/:action')
  async act(
    @Param('name') name: string,
    @Param('action') action: string,
    @Body() body: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
    @HeaderParam('x-form-token') formToken?: string,
  ) {
    const visitor = visitorOf(request);
    const entry = { audit: action, target: name, who: visitor.who };
    const refusal =
      this.access.refusal(request, visitor, formToken ?? body['form']) ?? this.#impossible(name, action);
    if (refusal) {
      this.audit.refused(entry, refusal);
      return answer(request, response, 403, `Refused: ${refusal}.`);
    }
    const { state, message } = await this.#run(name, action as ActionName);
    this.audit.done(
      { ...entry, result: state },
      `${action} of ${name}, asked for by ${visitor.who}: ${message}`,
    );
    if (wantsJson(request)) return response.json({ plugin: name, state, message });
    const page = body['from'] === 'overview' ? '' : `/plugins/${encodeURIComponent(name)}`;
    const done = new URLSearchParams({ done: name }).toString();
    response.redirect(303, `${request.baseUrl}${this.info.baseUrl}/dashboard${page}?${done}`);
    return response;
  }

  async #run(
    name: string,
    action: ActionName,
  ): Promise<{ readonly state: string; readonly message: string }> {
    const before = this.plugins.find(name);
    if (!before) return { state: 'unknown', message: `there is no ${name} any more` };
    try {
      const { state, failure } = await this.actions.run(action, before);
      const trouble = failure ? ` (${failure.code}: ${failure.message})` : '';
      return { state, message: `${name} is ${state}${trouble}` };
    } catch (error) {
      return { state: 'error', message: error instanceof Error ? error.message : String(error) };
    }
  }

  #impossible(name: string, action: string): string | undefined {
    if (!this.actions.areAllowed)
      return "the dashboard may only read: give it settings: { dashboard: { grants: ['control'] } }";
    const status = this.plugins.find(name);
    if (!status) return 'there is no such plugin';
    const known = this.actions.of(status).map((one) => one.name as string);
    return known.includes(action) ? undefined : `a plugin that is ${status.state} can't be asked for that`;
  }
}

function answer(request: Request, response: Response, status: number, message: string): Response {
  response.status(status);
  return wantsJson(request) ? response.json({ message }) : response.type('text/plain').send(message);
}

function wantsJson(request: Request): boolean {
  return request.accepts('html', 'json') === 'json';
}
