import {
  BadRequestError,
  Get,
  Header,
  HttpError,
  InternalServerError,
  JsonController,
  NotFoundError,
  UnauthorizedError,
} from 'routing-controllers';

export class OwnError extends HttpError {
  override name = 'OwnError';

  constructor() {
    super(418, 'short and stout');
    Object.setPrototypeOf(this, OwnError.prototype);
  }

  toJSON(): object {
    return { status: this.httpCode, teapot: this.message };
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
