import type { Response } from 'express';
import { injectable } from 'inversify';
import { RequestSignal } from 'plugboard';
import { Controller, Get, QueryParam, Res, UseBefore } from 'routing-controllers';
import { SignedIn } from '../access/signed-in.ts';
import { Watch } from '../watching/watch.ts';
import { EventStream } from './event-stream.ts';
import { Ticker } from './ticker.ts';

/** Tells open pages what happens: `change`, `figures`, and `log` of the plugin whose page it is. */
@injectable()
@Controller('/dashboard')
@UseBefore(SignedIn)
export class EventsController {
  constructor(
    private readonly watch: Watch,
    private readonly ticker: Ticker,
  ) {}

  @Get('/events')
  async events(
    @Res() response: Response,
    @RequestSignal() signal: AbortSignal,
    @QueryParam('plugin') plugin?: string,
  ): Promise<Response> {
    if (this.ticker.listenerCount >= mostStreams) {
      return response
        .status(503)
        .set('Retry-After', '10')
        .type('text/plain')
        .send('Too many pages are open.');
    }
    const stream = new EventStream(response, signal);
    const ends = [
      this.watch.listen({
        changed: (name, what) => stream.send('change', { plugin: name, what }),
        logged: (name, entry) => {
          if (name === plugin) stream.send('log', entry, entry.number);
        },
      }),
      this.ticker.listen((figures) => stream.send('figures', figures)),
    ];
    await stream.ended;
    for (const end of ends) end();
    return response;
  }
}

const mostStreams = 100;
