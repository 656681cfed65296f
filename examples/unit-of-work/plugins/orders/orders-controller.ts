import { ArrayNotEmpty, IsString } from 'class-validator';
import { injectable } from 'inversify';
import { HttpRequest } from 'plugboard';
import { setTimeout } from 'node:timers/promises';
import { BadRequestError, Body, HttpCode, JsonController, Post, QueryParam } from 'routing-controllers';
import { OrderLines } from './order-lines.ts';

class NewOrder {
  @IsString({ each: true })
  @ArrayNotEmpty()
  lines!: string[];
}

@injectable('Request')
@JsonController('/orders')
export class OrdersController {
  constructor(
    private readonly lines: OrderLines,
    private readonly request: HttpRequest,
  ) {}

  @Post()
  @HttpCode(201)
  async order(@Body() { lines }: NewOrder, @QueryParam('waitMs') waitMs: number = 0) {
    for (const line of lines) await this.#add(line);
    // Rejects where the client goes away meanwhile, and nothing is committed.
    await setTimeout(waitMs, undefined, { signal: this.request.signal });
    return { ordered: lines.length };
  }

  async #add(line: string): Promise<void> {
    await this.lines.add(line);
    if (line === 'sold out') throw new BadRequestError('One of these is sold out.');
  }
}
