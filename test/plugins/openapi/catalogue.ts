import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDate,
  IsEnum,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsPositive,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import type { Response } from 'express';
import { Plugin } from 'plugboard';
import { ApiOperation, JSONSchema } from 'plugboard/plugins/openapi';
import {
  All,
  Authorized,
  BadRequestError,
  Body,
  BodyParam,
  ContentType,
  Controller,
  CookieParam,
  CurrentUser,
  Delete,
  Get,
  Header,
  HeaderParam,
  HttpCode,
  HttpError,
  JsonController,
  NotFoundError,
  OnNull,
  OnUndefined,
  Param,
  Params,
  Patch,
  Post,
  Put,
  QueryParam,
  QueryParams,
  Redirect,
  Res,
  UploadedFile,
  UploadedFiles,
} from 'routing-controllers';

enum Colour {
  Red = 'red',
  Green = 'green',
}

enum Size {
  Small,
  Large,
}

function IsEven(): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isEven',
      target: target.constructor,
      propertyName: propertyName as string,
      validator: { validate: (value) => Number(value) % 2 === 0 },
    });
  };
}

export class Maker {
  @IsString()
  @IsNotEmpty()
  name!: string;

  /** It has itself as a property. */
  @IsOptional()
  @ValidateNested()
  @Type(() => Maker)
  parent?: Maker;
}

class Thing {
  @IsString()
  @Length(1, 60)
  @JSONSchema({ description: 'What it is called', examples: ['tea'] })
  name!: string;
}

export class NewItem extends Thing {
  @Min(1)
  @Max(1000)
  @IsInt()
  price!: number;

  @IsEnum(Colour)
  colour: Colour = Colour.Red;

  @IsEnum(Size)
  size!: Size;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  tags?: string[];

  @IsOptional()
  @IsEven()
  even?: number;

  @IsOptional()
  @IsPositive()
  weight?: number;

  @IsOptional()
  @IsDate()
  @Type(() => Date)
  madeAt?: Date;

  @ValidateNested()
  @Type(() => Maker)
  maker!: Maker;

  @IsOptional()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => Maker)
  sellers?: Maker[];
}

export class Item extends NewItem {
  @IsInt()
  id!: number;
}

class Filter {
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;

  @IsIn(['name', 'price'])
  sort!: string;

  @IsOptional()
  @IsBoolean()
  stocked?: boolean;
}

class Place {
  @Matches(/^[a-z]+$/)
  shelf!: string;
}

class Title {
  @IsString()
  title!: string;
}

class OutOfStock extends HttpError {
  constructor() {
    super(409, 'out of stock');
    Object.setPrototypeOf(this, new.target.prototype);
  }
}

const maker: Maker = { name: 'Ada' };
const item = (id: number): Item => ({
  id,
  name: 'tea',
  price: 3,
  colour: Colour.Green,
  size: Size.Small,
  maker,
});

/** Every kind of parameter, of body and of answer. */
@JsonController('/items')
class ItemsController {
  @Get()
  @ApiOperation({ summary: 'All items', response: [Item] })
  list(@QueryParams() { limit }: Filter) {
    return [item(limit)];
  }

  @Get('/search')
  search(
    @QueryParam('text', { required: true }) text: string,
    @QueryParam('page') page: number = 1,
    @QueryParam('exact') exact?: boolean,
    @QueryParam('since') since?: Date,
    @QueryParam('id', { isArray: true, type: Number }) ids?: number[],
    @QueryParam('place') place?: Place,
  ) {
    return { text, page, exact, since, ids, place };
  }

  @Get('/whoami')
  @Authorized('admin')
  whoami(
    @CurrentUser({ required: true }) user: { name: string },
    @HeaderParam('x-trace') trace?: string,
    @HeaderParam('accept') _accept?: string,
    @CookieParam('theme') theme?: string,
  ) {
    return { user, trace, theme };
  }

  @Get('/:id(\\d+)')
  @OnNull(204)
  @ApiOperation({
    summary: 'One item',
    description: 'As it is *now*.',
    response: Item,
    responses: { 410: { description: 'It was there once' } },
  })
  find(@Param('id') id: number) {
    if (id === 404) throw new NotFoundError(`There is no item ${id}.`);
    return id === 666 ? { id: 'not a number' } : item(id);
  }

  @Get('/:id(\\d+)/stock')
  stock(@Param('id') _id: number) {
    throw new OutOfStock();
  }

  @Post()
  @HttpCode(201)
  @Header('X-Made', 'yes')
  add(@Body() added: NewItem): Item {
    return { ...added, id: 1 };
  }

  @Post('/many')
  @ApiOperation({
    response: { type: 'object', properties: { added: { type: 'integer' } }, required: ['added'] },
  })
  addMany(@Body({ type: NewItem }) items: NewItem[]) {
    return { added: items.length };
  }

  @Patch('/:item')
  rename(@Param('item') _id: number, @BodyParam('name', { required: true }) name: string) {
    if (name === '') throw new BadRequestError('no name');
    return { name };
  }

  @Put('/:id/picture')
  picture(
    @Params() _all: object,
    @Body() _title: Title,
    @UploadedFile('picture', { required: true }) picture: Express.Multer.File,
    @UploadedFiles('more') more?: Express.Multer.File[],
  ) {
    return { bytes: picture.size, more: more?.length ?? 0 };
  }

  @Delete('/:id')
  @OnUndefined(204)
  @ApiOperation({ deprecated: true, operationId: 'removeItem' })
  remove(@Param('id') _id: number) {}

  @Get('/:from-:to/files{/:file}/*rest')
  files(@Param('from') from: string, @Param('rest') rest: string) {
    return { from, rest };
  }

  @All('/any')
  any() {
    return {};
  }

  @Get(/\/pattern-\d+/)
  pattern() {
    return {};
  }

  @Get('/broken')
  broken() {
    throw new Error('The password is secret');
  }

  @Get('/hidden')
  @ApiOperation({ hidden: true })
  secret() {
    return {};
  }
}

@Controller('/pages')
class PagesController {
  @Get('/text')
  @ContentType('text/plain')
  text() {
    return 'hello';
  }

  @Post('/text')
  say(@Body() text: string) {
    return text;
  }

  @Get('/missing')
  missing() {
    throw new NotFoundError('There is no such page.');
  }

  @Get('/old')
  @Redirect('/pages/text')
  old() {}

  @Get('/raw')
  raw(@Res() response: Response) {
    return response.status(202).json({});
  }
}

@Plugin({
  name: 'catalogue',
  version: '3.1.0',
  description: 'Things and their makers',
  prefix: '/catalogue',
  controllers: [ItemsController, PagesController],
})
export class CataloguePlugin {}
