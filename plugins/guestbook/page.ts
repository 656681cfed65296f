import { validate } from 'class-validator';
import type { Request, Response } from 'express';
import { PluginInfo } from 'plugboard';
import { Body, Controller, Get, Header, Post, Render, Req, Res } from 'routing-controllers';
import { GuestbookStore, type GuestbookEntry } from './contract.ts';
import { NewEntry } from './new-entry.ts';

const contentPolicy =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The guestbook for people. */
@Controller('/guestbook')
export class GuestbookPage {
  constructor(
    private readonly store: GuestbookStore,
    private readonly info: PluginInfo,
  ) {}

  @Get()
  @Header('Content-Security-Policy', contentPolicy)
  @Render('guestbook')
  show() {
    return this.#page();
  }

  // Validated here and not by @Body: who made a mistake gets the form back, with what was written.
  @Post()
  @Header('Content-Security-Policy', contentPolicy)
  @Render('guestbook')
  async sign(@Body({ validate: false }) entry: NewEntry, @Req() request: Request, @Res() response: Response) {
    const errors = await validate(entry);
    if (errors.length > 0) {
      response.status(400);
      const mistakes = errors.map(({ property, constraints }) => [
        property,
        Object.values(constraints ?? {})[0],
      ]);
      return this.#page({ draft: entry, mistakes: Object.fromEntries(mistakes) as Mistakes });
    }
    this.store.add(entry);
    response.redirect(303, `${request.baseUrl}${this.info.baseUrl}/guestbook`);
    return response;
  }

  #page(
    form: Partial<Form> = {},
  ): Form & { readonly entries: readonly GuestbookEntry[]; readonly count: number } {
    return { draft: {}, mistakes: {}, ...form, entries: this.store.latest(50), count: this.store.count() };
  }
}

/** By field. */
type Mistakes = Partial<Record<keyof NewEntry, string>>;

interface Form {
  readonly draft: Partial<NewEntry>;
  readonly mistakes: Mistakes;
}
