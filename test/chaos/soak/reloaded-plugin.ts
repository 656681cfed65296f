const payload = 'the payload of a plugin '.repeat(44_000);

/** A TypeScript plugin with DTOs, two controllers, a service and 1 MB of constant text; no two of them have the same text. */
export const reloadedPlugin = (version: number): string => `
import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsEmail, IsInt, IsOptional, IsString, Min, MinLength, ValidateNested } from 'class-validator';
import { Plugin } from 'plugboard';
import { Body, Get, JsonController, Param, Post, QueryParams } from 'routing-controllers';

const payload = 'version ${version}: ${payload}';

class Line {
  @IsString() @MinLength(2) article!: string;
  @IsInt() @Min(1) count!: number;
}
class Customer {
  @IsString() name!: string;
  @IsEmail() mail!: string;
}
class Order {
  @ArrayNotEmpty() @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
  @ValidateNested() @Type(() => Customer) customer!: Customer;
}
class Paging {
  @IsOptional() @IsInt() @Min(1) @Type(() => Number) page?: number;
}
class Book {
  readonly orders: Order[] = [];
}

@JsonController('/orders')
class OrderController {
  constructor(private readonly book: Book) {}
  @Post() place(@Body() order: Order) { return { number: this.book.orders.push(order), version: ${version} }; }
  @Get() list(@QueryParams() { page = 1 }: Paging) { return { page, orders: this.book.orders }; }
}

@Plugin({ name: 'reloaded', services: [Book], controllers: [OrderController] })
@JsonController('/reloaded')
export class ReloadedPlugin {
  #ticks = setInterval(() => undefined, 60_000);
  onStop() { clearInterval(this.#ticks); }
  @Get('/:from') show(@Param('from') from: number) { return { version: ${version}, part: payload.slice(from, from + 20) }; }
}
`;

/** What each version is asked, and how it answers. */
export const requests = [
  { method: 'GET', path: '/reloaded/3', status: '200' },
  {
    method: 'POST',
    path: '/orders',
    body: { lines: [{ article: 'a-1', count: 2 }], customer: { name: 'Ada', mail: 'ada@example.org' } },
    status: '200',
  },
  {
    method: 'POST',
    path: '/orders',
    body: { lines: [{ article: 'b', count: 0 }], customer: { name: 'Ada', mail: 'nowhere' } },
    status: '400',
  },
  { method: 'GET', path: '/orders?page=2', status: '200' },
] as const;
