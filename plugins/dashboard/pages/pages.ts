import type { Request, Response } from 'express';
import { injectable } from 'inversify';
import { PluginInfo, Plugins, type PluginLink, type PluginStatus } from 'plugboard';
import { Controller, Get, Param, QueryParam, Render, Req, Res, UseBefore } from 'routing-controllers';
import { Sessions } from '../access/sessions.ts';
import { SignedIn, visitorOf } from '../access/signed-in.ts';
import { PluginActions } from '../actions/plugin-actions.ts';
import { readableTime } from '../watching/text.ts';
import { Watch } from '../watching/watch.ts';
import { layOut, narrow, nodeHeight, wide, type Edge } from './graph-layout.ts';
import { figureTexts, summarize } from './overview.ts';
import { PluginPages } from './plugin-page.ts';
import { brokenFirst, failureView, toneOf } from './plugin-state.ts';

/** What there is to see. Each page is whole without a script, which only keeps it up to date. */
@injectable()
@Controller('/dashboard')
@UseBefore(SignedIn)
export class PagesController {
  constructor(
    private readonly plugins: Plugins,
    private readonly watch: Watch,
    private readonly actions: PluginActions,
    private readonly pluginPages: PluginPages,
    private readonly sessions: Sessions,
    private readonly info: PluginInfo,
  ) {}

  @Get()
  @Render('overview')
  overview(@Req() request: Request, @QueryParam('done') done?: string) {
    const plugins = brokenFirst(this.plugins.statuses).map((status) => this.#row(status));
    return {
      ...this.#frame(request),
      plugins,
      summary: summarize(this.plugins.statuses),
      done: this.#done(done),
    };
  }

  @Get('/plugins/:name')
  @Render('plugin')
  async plugin(
    @Param('name') name: string,
    @Req() request: Request,
    @Res() response: Response,
    @QueryParam('done') done?: string,
  ) {
    const status = this.plugins.find(name);
    if (!status) {
      response.status(404);
      return { ...this.#frame(request), name, plugin: undefined };
    }
    const page = await this.pluginPages.describe(status, request.baseUrl);
    return { ...this.#frame(request), name, plugin: this.#row(status), ...page, done: this.#done(done) };
  }

  @Get('/graph')
  @Render('graph')
  graph(@Req() request: Request) {
    const statuses = this.plugins.statuses;
    const edges = statuses.flatMap(({ name }) =>
      edgesOf(name, this.plugins.describe(name)?.dependencies ?? []),
    );
    const tones = Object.fromEntries(statuses.map((status) => [status.name, toneOf(status)]));
    const states = Object.fromEntries(statuses.map(({ name, state }) => [name, state]));
    // Of two with one name one has failed for that.
    const names = [...new Set(statuses.map(({ name }) => name))];
    const layouts = [wide, narrow].map((shape) => layOut(names, edges, shape));
    return { ...this.#frame(request), edges, layouts, nodeHeight, tones, states };
  }

  #row(status: PluginStatus) {
    const { name, version, description, state, generation, warnings } = status;
    return {
      name,
      version,
      description,
      state,
      generation,
      warnings,
      tone: toneOf(status),
      failure: failureView(status),
      figures: figureTexts(status, this.watch.figures(name)),
      actions: this.actions.of(status),
    };
  }

  /** What every page has around it. */
  #frame(request: Request) {
    const { session } = visitorOf(request);
    return {
      formToken: session ? this.sessions.formToken(session) : '',
      canSignOut: session?.kind === 'token',
      mayAct: this.actions.areAllowed,
      since: readableTime(this.watch.since),
      self: this.info.name,
    };
  }

  /** For who has no script: what the action has led to. */
  #done(done: string | undefined): string {
    const status = done === undefined ? undefined : this.plugins.find(done);
    return status ? `Done: ${status.name} is ${status.state} now.` : '';
  }
}

/** One arrow for each plugin that is needed, whatever by. */
function edgesOf(from: string, dependencies: readonly PluginLink[]): readonly Edge[] {
  const byPlugin = new Map<string, string[]>();
  for (const { plugin, kind, by } of dependencies) {
    const text = kind === 'import' ? by : `${kind} ${by}`;
    byPlugin.set(plugin, [...new Set([...(byPlugin.get(plugin) ?? []), text])]);
  }
  return [...byPlugin].map(([to, by]) => ({ from, to, by }));
}
