import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsDate,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  Body,
  BodyParam,
  Controller,
  CookieParam,
  CookieParams,
  Get,
  HeaderParam,
  HeaderParams,
  JsonController,
  Param,
  Params,
  Post,
  QueryParam,
  QueryParams,
  type RoutingControllersOptions,
} from 'routing-controllers';
import type { Class } from '#lib/plugin/tokens.js';

class Filter {
  @IsOptional()
  @IsInt()
  number?: number;

  @IsOptional()
  @IsBoolean()
  flag?: boolean;

  @IsOptional()
  @IsDate()
  date?: Date;

  @IsOptional()
  @Length(1, 4)
  text?: string;

  list?: string[];
}

class Part {
  @IsString()
  label!: string;

  @IsNumber()
  @Max(100)
  size!: number;
}

class Item {
  @IsString()
  @Length(1, 8)
  name!: string;

  @IsInt()
  @Min(0)
  count!: number;

  @IsBoolean()
  flag!: boolean;

  @IsOptional()
  @Type(() => Date)
  @IsDate()
  at?: Date;

  @ValidateNested()
  @Type(() => Part)
  part!: Part;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  tags?: string[];

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];
}

/** Tells a Date from a string, and what has no JSON from what is missing. */
function shown(...values: unknown[]): object {
  return values.map((value) => [typeNameOf(value), value ?? null]);
}

// Express gives some of its objects no prototype, which is as good as a plain one.
function typeNameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const prototype = Object.getPrototypeOf(value) as { constructor: Class } | null;
  return prototype?.constructor.name ?? 'Object';
}

@JsonController('/queries', { transformResponse: false })
class QueryController {
  @Get('/each')
  each(
    @QueryParam('number') number: number,
    @QueryParam('flag') flag: boolean,
    @QueryParam('date') date: Date,
    @QueryParam('text') text: string,
    @QueryParam('list') list: string[],
    @QueryParam('any') any: unknown,
  ) {
    return shown(number, flag, date, text, list, any);
  }

  @Get('/lists')
  lists(
    @QueryParam('number', { isArray: true, type: Number }) numbers: number[],
    @QueryParam('flag', { isArray: true, type: Boolean }) flags: boolean[],
    @QueryParam('date', { isArray: true, type: Date }) dates: Date[],
    @QueryParam('text', { isArray: true, type: String }) texts: string[],
  ) {
    return shown(numbers, flags, dates, texts);
  }

  @Get('/required')
  required(
    @QueryParam('number', { required: true }) number: number,
    @QueryParam('text', { required: true }) text: string,
  ) {
    return shown(number, text);
  }

  @Get('/json')
  json(@QueryParam('any', { parse: true }) any: object, @QueryParam('text', { parse: true }) text: string) {
    return shown(any, text);
  }

  @Get('/class')
  class(@QueryParams() filter: Filter) {
    return shown(filter);
  }

  @Get('/all')
  all(@QueryParams() query: object) {
    return shown(query);
  }

  @Get('/object')
  object(@QueryParam('any') filter: Filter) {
    return shown(filter);
  }

  @Get('/headers')
  headers(
    @HeaderParam('X-Number') number: number,
    @HeaderParam('x-flag') flag: boolean,
    @HeaderParam('X-Text', { required: true }) text: string,
    @HeaderParams() all: Record<string, string>,
  ) {
    return shown(number, flag, text, all['x-text']);
  }

  @Get('/cookies')
  cookies(
    @CookieParam('number') number: number,
    @CookieParam('flag') flag: boolean,
    @CookieParam('text') text: string,
    @CookieParams() all: object,
  ) {
    return shown(number, flag, text, { ...all });
  }

  @Get('/path/:number/:flag/:text')
  path(
    @Param('number') number: number,
    @Param('flag') flag: boolean,
    @Param('text') text: string,
    @Params() all: object,
  ) {
    return shown(number, flag, text, { ...all });
  }

  @Get('/path-class/:number/:text')
  pathClass(@Params() filter: Filter) {
    return shown(filter);
  }
}

@JsonController('/bodies', { transformResponse: false })
class BodyController {
  @Post('/item')
  item(@Body() item: Item) {
    return shown(item);
  }

  @Post('/required')
  required(@Body({ required: true }) item: Item) {
    return shown(item);
  }

  @Post('/strict')
  strict(@Body({ validate: { whitelist: true, forbidNonWhitelisted: true } }) item: Item) {
    return shown(item);
  }

  @Post('/items')
  items(@Body({ type: Item }) items: Item[]) {
    return shown(items);
  }

  @Post('/any')
  any(@Body() body: unknown) {
    return shown(body);
  }

  @Post('/parts')
  parts(
    @BodyParam('name') name: string,
    @BodyParam('count', { required: true }) count: number,
    @BodyParam('flag') flag: boolean,
    @BodyParam('at') at: Date,
    @BodyParam('part') part: Part,
  ) {
    return shown(name, count, flag, at, part);
  }
}

@Controller('/texts')
class TextController {
  @Post('/')
  text(@Body() text: string) {
    return JSON.stringify(shown(text));
  }
}

export const queryControllers: readonly Class[] = [QueryController];
export const bodyControllers: readonly Class[] = [BodyController, TextController];

/** Under each of them anything must be the same. */
export const variants: readonly RoutingControllersOptions[] = [
  {},
  { validation: false },
  { classTransformer: false },
  { validation: { whitelist: true, skipMissingProperties: true } },
  { plainToClassTransformOptions: { enableImplicitConversion: true } },
];
