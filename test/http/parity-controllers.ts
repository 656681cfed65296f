import { Exclude, Expose, Type } from 'class-transformer';
import { IsEmail, IsInt, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import type { Request, Response } from 'express';
import type {} from 'multer';
import {
  All,
  Authorized,
  BadRequestError,
  Body,
  BodyParam,
  ContentType,
  Controller,
  CookieParam,
  CookieParams,
  createParamDecorator,
  CurrentUser,
  Delete,
  Get,
  Head,
  Header,
  HeaderParam,
  HeaderParams,
  HttpCode,
  HttpError,
  InternalServerError,
  JsonController,
  Location,
  Method,
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
  Req,
  Res,
  ResponseClassTransformOptions,
  Session,
  SessionParam,
  UnauthorizedError,
  UploadedFile,
  UploadedFiles,
} from 'routing-controllers';
import { Readable } from 'node:stream';

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

@Exclude()
export class Account {
  @Expose()
  id = 1;

  @Expose({ groups: ['admin'] })
  role = 'owner';

  password = 'secret';
}

class OwnError extends HttpError {
  override name = 'OwnError';

  constructor() {
    super(418, 'short and stout');
  }

  toJSON(): object {
    return { status: this.httpCode, teapot: this.message };
  }
}

class MissingError extends NotFoundError {
  constructor() {
    super('nothing there');
  }
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

@Controller('/text')
export class TextController {
  @Post('/echo')
  echo(@Body() body: string) {
    return body;
  }

  @Get('/object')
  object() {
    return { text: 'in an object' };
  }

  @Get('/null')
  nothing() {
    return null;
  }

  @Get('/undefined')
  missing() {
    return undefined;
  }

  @Get('/number')
  number() {
    return 42;
  }

  @Get('/error')
  error() {
    throw new BadRequestError('bad text');
  }

  @Get('/own-error')
  ownError() {
    throw new OwnError();
  }

  @Get('/json')
  @ContentType('application/json')
  json() {
    return { json: true };
  }

  @Get('/page')
  @ContentType('text/html')
  page() {
    return '<p>page</p>';
  }
}

@JsonController('/results')
export class ResultController {
  @Get('/null')
  null() {
    return null;
  }

  @Get('/undefined')
  undefined() {
    return undefined;
  }

  @Get('/on-null')
  @OnNull(404)
  onNull() {
    return null;
  }

  @Get('/on-null-error')
  @OnNull(MissingError)
  onNullError() {
    return Promise.resolve(null);
  }

  @Get('/on-undefined')
  @OnUndefined(201)
  onUndefined() {
    return undefined;
  }

  @Get('/on-undefined-error')
  @OnUndefined(MissingError)
  async onUndefinedError() {}

  @Post('/created')
  @HttpCode(201)
  created() {
    return { id: 7 };
  }

  @Get('/text')
  text() {
    return 'a string';
  }

  @Get('/false')
  false() {
    return false;
  }

  @Get('/zero')
  zero() {
    return 0;
  }

  @Get('/empty')
  empty() {
    return '';
  }

  @Get('/headers')
  @Header('X-One', '1')
  @Header('Cache-Control', 'no-store')
  @Location('/elsewhere')
  headers() {
    return { ok: true };
  }

  @Get('/vendor')
  @ContentType('application/vnd.api+json')
  vendor() {
    return { ok: true };
  }

  @Get('/csv')
  @ContentType('text/csv')
  csv() {
    return 'a,b';
  }

  @Get('/redirect')
  @Redirect('/results/text')
  redirect() {}

  @Get('/redirect-to')
  @Redirect('/results/text')
  redirectTo() {
    return 'https://example.org/';
  }

  @Get('/redirect-template')
  @Redirect('https://example.org:8080/users/:name?id=:id')
  redirectTemplate() {
    return { name: 'ada', id: 3 };
  }

  @Get('/redirect-missing')
  @Redirect('/users/:name')
  redirectMissing() {
    return { nobody: true };
  }

  @Get('/buffer')
  buffer() {
    return Buffer.from('bytes');
  }

  @Get('/bytes')
  bytes() {
    return new Uint8Array([104, 105]);
  }

  @Get('/stream')
  @ContentType('text/plain')
  stream() {
    return Readable.from(['one ', 'two']);
  }

  @Get('/class')
  class() {
    return new Account();
  }

  @Get('/class-options')
  @ResponseClassTransformOptions({ groups: ['admin'] })
  classOptions() {
    return new Account();
  }

  @Get('/plain', { transformResponse: false })
  plain() {
    return new Account();
  }

  @Get('/by-hand')
  byHand(@Res() response: Response) {
    return response.status(202).json({ by: 'hand' });
  }

  @Get('/array')
  array() {
    return [new Account(), { id: 2 }];
  }
}

@JsonController('/errors')
export class ErrorController {
  @Get('/bad')
  bad() {
    throw new BadRequestError('bad');
  }

  @Get('/bare')
  bare() {
    throw new UnauthorizedError();
  }

  @Get('/http')
  http() {
    throw new HttpError(409, 'conflict');
  }

  @Get('/own')
  own() {
    throw new OwnError();
  }

  @Get('/internal')
  internal() {
    throw new InternalServerError('broken');
  }

  @Get('/plain')
  plain() {
    throw new TypeError('plain');
  }

  @Get('/properties')
  async properties() {
    throw Object.assign(new Error('with more'), { code: 'E_MORE', details: { deep: true } });
  }

  @Get('/string')
  string() {
    // oxlint-disable-next-line typescript/only-throw-error -- anything can be thrown
    throw 'a string';
  }

  @Get('/object')
  object() {
    // oxlint-disable-next-line typescript/only-throw-error -- anything can be thrown
    throw { plain: 'object' };
  }

  @Get('/rejected')
  rejected() {
    return Promise.reject(new NotFoundError('rejected'));
  }

  @Get('/header')
  @Header('X-Also', 'with errors')
  header() {
    throw new BadRequestError('header');
  }
}

@JsonController('/verbs')
export class VerbController {
  @Get() get() {
    return 'get';
  }
  @Post() post() {
    return 'post';
  }
  @Put() put() {
    return 'put';
  }
  @Patch() patch() {
    return 'patch';
  }
  @Delete() delete() {
    return 'delete';
  }
  @Head('/head') head() {
    return 'head';
  }
  @Method('options', '/options') options() {
    return 'options';
  }
  @All('/all') all(@Req() request: Request) {
    return request.method;
  }
  @Get(/\/pattern\/(\d+)\/(?<word>[a-z]+)$/) pattern(
    @Param('0') number: number,
    @Param('word') word: string,
  ) {
    return { number, word };
  }
  @Get('/first/:any') first(@Param('any') any: string) {
    return { any };
  }
  @Get('/first/second') second() {
    return 'never';
  }
  @Get('/twice') @Get('/again') twice() {
    return 'twice';
  }
  @Get('/optional{/:part}') optional(@Params() params: object) {
    return { ...params };
  }
  @Get('/rest/*rest') rest(@Param('rest') rest: string[]) {
    return { rest };
  }
  @Get('/middle/*middle/end') middle(@Param('middle') middle: string[]) {
    return { middle };
  }
  @Get('/file.:extension') file(@Param('extension') extension: string) {
    return { extension };
  }
  @Get('/from-:from-to-:to') range(@Params() params: object) {
    return { ...params };
  }
}

export class Inherited {
  @Get('/shared/:id')
  shared(@Param('id') id: number) {
    return { id, by: this.constructor.name };
  }
}

@JsonController('/users')
export class UserController {
  @Get('/me')
  me(@CurrentUser() user: object) {
    return { user };
  }

  @Get('/needed')
  needed(@CurrentUser({ required: true }) user: object) {
    return { user };
  }

  @Authorized()
  @Get('/authorized')
  authorized() {
    return 'in';
  }

  @Authorized(['admin', 'root'])
  @Get('/admin')
  admin() {
    return 'admin';
  }
}

@Authorized('member')
@JsonController('/club')
export class ClubController {
  @Get('/door')
  door() {
    return 'open';
  }

  @Authorized('chief')
  @Get('/office')
  office() {
    return 'open';
  }
}

@JsonController('/session')
export class SessionController {
  @Post('/visit')
  visit(@Session() session: { visits?: number }) {
    session.visits = (session.visits ?? 0) + 1;
    return { visits: session.visits };
  }

  @Get('/visits')
  visits(@SessionParam('visits') visits: number) {
    return { visits: visits ?? null };
  }

  @Get('/needed')
  needed(@SessionParam('visits', { required: true }) visits: number) {
    return { visits };
  }
}

@JsonController('/uploads')
export class UploadController {
  @Post('/one')
  one(@UploadedFile('file') file: Express.Multer.File, @BodyParam('note') note: string) {
    return { name: file?.originalname, size: file?.size, note };
  }

  @Post('/needed')
  needed(@UploadedFile('file', { required: true }) file: Express.Multer.File) {
    return { name: file.originalname };
  }

  @Post('/many')
  many(@UploadedFiles('files') files: Express.Multer.File[]) {
    return { names: files?.map(({ originalname }) => originalname) };
  }

  @Post('/typed')
  typed(@UploadedFile('file', { options: { limits: { fileSize: 1_000_000 } } }) file: Express.Multer.File) {
    return { text: file.buffer.toString() };
  }
}
