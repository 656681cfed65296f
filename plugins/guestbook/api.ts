import { IsInt, Max, Min } from 'class-validator';
import type { Request, Response } from 'express';
import { PluginInfo } from 'plugboard';
import {
  Body,
  Get,
  HttpCode,
  JsonController,
  NotFoundError,
  Param,
  Post,
  QueryParams,
  Req,
  Res,
} from 'routing-controllers';
import { GuestbookStore } from './contract.ts';
import { NewEntry } from './new-entry.ts';

class Page {
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;
}

/** The guestbook for programs. */
@JsonController('/api/guestbook')
export class GuestbookApi {
  constructor(
    private readonly store: GuestbookStore,
    private readonly info: PluginInfo,
  ) {}

  @Get()
  latest(@QueryParams() { limit }: Page) {
    return this.store.latest(limit);
  }

  @Get('/:id')
  find(@Param('id') id: number) {
    const entry = this.store.find(id);
    if (!entry) throw new NotFoundError(`There is no entry ${id}.`);
    return entry;
  }

  @Post()
  @HttpCode(201)
  add(@Body() entry: NewEntry, @Req() request: Request, @Res() response: Response) {
    const added = this.store.add(entry);
    response.location(`${request.baseUrl}${this.info.baseUrl}/api/guestbook/${added.id}`);
    return added;
  }
}
