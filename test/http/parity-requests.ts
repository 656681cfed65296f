import { Type } from 'class-transformer';
import { IsEmail, IsInt, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import type { Request, Response } from 'express';
import {
  Body,
  BodyParam,
  CookieParam,
  CookieParams,
  createParamDecorator,
  Get,
  HeaderParam,
  HeaderParams,
  JsonController,
  Param,
  Params,
  Post,
  QueryParam,
  QueryParams,
  Req,
  Res,
} from 'routing-controllers';

export class Address {
  @IsString()
  city!: string;
}

export class Person {
  @Length(2, 20)
  name!: string;

  @IsInt()
  @Min(0)
  @Max(150)
  age!: number;

  @IsOptional()
  @IsEmail()
  email?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => Address)
  address?: Address;
}

export class Paging {
  @IsInt()
  @Min(1)
  page!: number;

  @IsOptional()
  all?: boolean;

  @IsOptional()
  since?: Date;
}

export class Identified {
  @IsInt()
  id!: number;
}

function Agent(options: { required?: boolean } = {}): ParameterDecorator {
  return createParamDecorator({
    ...options,
    value: (action) => (action.request as Request).get('x-agent'),
  }) as ParameterDecorator;
}

@JsonController('/params')
export class ParameterController {
  @Get('/path/:id/:flag')
  path(@Param('id') id: number, @Param('flag') flag: boolean) {
    return { id, flag };
  }

  @Get('/all/:id/:name')
  all(@Params() params: Identified) {
    return { params, isIdentified: params instanceof Identified };
  }

  @Get('/any/:id/:name')
  any(@Params() params: unknown) {
    return params;
  }

  @Get('/query')
  query(
    @QueryParam('number') number: number,
    @QueryParam('flag') flag: boolean,
    @QueryParam('date') date: Date,
    @QueryParam('text') text: string,
    @QueryParam('list') list: string[],
    @QueryParam('numbers', { isArray: true, type: Number }) numbers: number[],
    @QueryParam('json', { parse: true }) json: object,
  ) {
    return { number, flag, date, text, list, numbers, json };
  }

  @Get('/query-class')
  queryClass(@QueryParam('person') person: Person) {
    return { person, isPerson: person instanceof Person };
  }

  @Get('/required')
  required(@QueryParam('name', { required: true }) name: string) {
    return { name };
  }

  @Get('/queries')
  queries(@QueryParams() paging: Paging) {
    return { paging, isPaging: paging instanceof Paging };
  }

  @Get('/headers')
  headers(@HeaderParam('X-Count') count: number, @HeaderParam('x-need', { required: true }) need: string) {
    return { count, need };
  }

  @Get('/all-headers')
  allHeaders(@HeaderParams() headers: Record<string, string>) {
    return { agent: headers['x-agent'] };
  }

  @Get('/cookie')
  cookie(@CookieParam('visits') visits: number, @CookieParam('name') name: string) {
    return { visits, name };
  }

  @Get('/need-cookie')
  needCookie(@CookieParam('name', { required: true }) name: string) {
    return { name };
  }

  @Get('/cookies')
  cookies(@CookieParams() cookies: object) {
    return { ...cookies };
  }

  @Get('/raw')
  raw(@Req() request: Request, @Res() response: Response) {
    response.set('x-raw', request.path);
    return { path: request.path };
  }

  @Get('/own')
  own(@Agent() agent: string) {
    return { agent };
  }
}

@JsonController('/bodies')
export class BodyController {
  @Post('/person')
  person(@Body() person: Person) {
    return { person, isPerson: person instanceof Person };
  }

  @Post('/required')
  required(@Body({ required: true }) body: object) {
    return body;
  }

  @Post('/unchecked')
  unchecked(@Body({ validate: false }) person: Person) {
    return { person, isPerson: person instanceof Person };
  }

  @Post('/any')
  any(@Body() body: unknown) {
    return { body };
  }

  @Post('/list')
  list(@Body() numbers: number[]) {
    return numbers;
  }

  @Post('/parts')
  parts(@BodyParam('name') name: string, @BodyParam('age', { required: true }) age: number) {
    return { name, age };
  }

  @Post('/nested')
  nested(@BodyParam('person') person: Person) {
    return { person, isPerson: person instanceof Person };
  }

  @Post('/small')
  small(@Body({ options: { limit: '1mb' } }) body: object) {
    return { keys: Object.keys(body) };
  }
}
