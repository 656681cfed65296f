import { Exclude, Expose } from 'class-transformer';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import {
  BadRequestError,
  Body,
  ContentType,
  Controller,
  Get,
  Header,
  HttpCode,
  JsonController,
  Location,
  NotFoundError,
  OnNull,
  OnUndefined,
  Post,
  Redirect,
  Res,
  ResponseClassTransformOptions,
} from 'routing-controllers';
import { OwnError } from './parity-errors.ts';

@Exclude()
export class Account {
  @Expose()
  id = 1;

  @Expose({ groups: ['admin'] })
  role = 'owner';

  password = 'secret';
}

class MissingError extends NotFoundError {
  constructor() {
    super('nothing there');
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
