import type { Response } from 'express';
import { injectable } from 'inversify';
import { Plugins, RequestSignal } from 'plugboard';
import { Controller, Get, QueryParam, Res, UseBefore } from 'routing-controllers';
import { SignedIn } from '../access/signed-in.ts';
import { figureTexts } from '../pages/overview.ts';
import { Watch } from '../watching/watch.ts';
import { EventStream } from './event-stream.ts';

/** Tells open pages what happens: `change`, `figures`, and `log` of the plugin whose page it is. */
@injectable()
@Controller('/dashboard')
@UseBefore(SignedIn)
export class EventsController {
  constructor(
    private readonly plugins: Plugins,
    private readonly watch: Watch,
  ) {}

  @Get('/events')
  async events(
    @Res() response: Response,
    @RequestSignal() signal: AbortSignal,
    @QueryParam('plugin') plugin?: string,
  ): Promise<Response> {
    const stream = new EventStream(response, signal);
    const end = this.watch.listen({
      changed: (name, what) => stream.send('change', { plugin: name, what }),
      logged: (name, entry) => {
        if (name === plugin) stream.send('log', entry, entry.number);
      },
    });
    const figures = setInterval(() => stream.send('figures', this.#figures()), figuresMs);
    await stream.ended;
    clearInterval(figures);
    end();
    return response;
  }

  #figures() {
    return Object.fromEntries(
      this.plugins.statuses.map((status) => [
        status.name,
        figureTexts(status, this.watch.figures(status.name)),
      ]),
    );
  }
}

const figuresMs = 1_000;
