import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import type { Request, Response } from 'express';
import { createReadStream } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Plugin, RequestSignal } from 'plugboard';
import {
  Authorized,
  BadRequestError,
  Body,
  BodyParam,
  CookieParam,
  CurrentUser,
  Delete,
  Get,
  Header,
  HeaderParam,
  HttpCode,
  HttpError,
  Interceptor,
  JsonController,
  Location,
  Middleware,
  NotFoundError,
  OnUndefined,
  Param,
  Patch,
  Post,
  QueryParam,
  QueryParams,
  Redirect,
  Req,
  Res,
  SessionParam,
  UploadedFile,
  UseBefore,
  type Action,
  type ExpressMiddlewareInterface,
  type InterceptorInterface,
} from 'routing-controllers';

// #region dto
class Address {
  @IsString()
  city!: string;
}

class NewItem {
  @IsString()
  @Length(1, 60)
  name!: string;

  @IsInt()
  @Min(1)
  price!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => Address)
  madeIn?: Address;
}

class Page {
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;
}
// #endregion

// #region params
@JsonController('/items')
class ItemsController {
  @Get()
  list(@QueryParams() { limit }: Page, @QueryParam('sort') sort: string = 'name') {
    return { limit, sort };
  }

  @Get('/:id')
  find(@Param('id') id: number) {
    if (id > 100) throw new NotFoundError(`There is no item ${id}.`);
    return { id };
  }

  @Post()
  @HttpCode(201)
  @Location('/items/1')
  add(@Body() item: NewItem) {
    return item;
  }

  @Post('/many')
  addMany(@Body({ type: NewItem }) items: NewItem[]) {
    return { added: items.length };
  }

  @Patch('/:id')
  rename(@Param('id') id: number, @BodyParam('name', { required: true }) name: string) {
    return { id, name };
  }

  @Delete('/:id')
  @OnUndefined(204)
  remove(@Param('id') _id: number) {}
}
// #endregion

// #region request
@JsonController('/me')
class MeController {
  @Get('/agent')
  agent(@HeaderParam('user-agent') agent: string, @CookieParam('theme') theme?: string) {
    return { agent, theme };
  }

  @Get('/visits')
  visits(@SessionParam('visits') visits: number = 0) {
    return { visits };
  }

  @Get()
  @Authorized('admin')
  user(@CurrentUser({ required: true }) user: { name: string }) {
    return user;
  }

  @Get('/raw')
  @Header('Cache-Control', 'no-store')
  raw(@Req() request: Request, @Res() response: Response) {
    // With @Res, return the response itself to say that the answer is yours.
    return response.status(202).json({ url: request.originalUrl });
  }

  @Get('/old')
  @Redirect('/items/:id')
  old() {
    return { id: 7 };
  }
}
// #endregion

// #region waiting
@JsonController('/reports')
class ReportsController {
  @Get('/slow')
  async slow(@RequestSignal() signal: AbortSignal) {
    await setTimeout(10_000, undefined, { signal });
    return { done: true };
  }

  @Get('/source')
  source() {
    return createReadStream(new URL(import.meta.url));
  }

  @Post('/picture')
  upload(@UploadedFile('picture', { required: true }) picture: Express.Multer.File) {
    return { name: picture.originalname, bytes: picture.size };
  }
}
// #endregion

// #region errors
class OutOfStock extends HttpError {
  constructor(readonly item: string) {
    super(409, `${item} is out of stock`);
    // HttpError sets the prototype to its own, as all of its subclasses must.
    Object.setPrototypeOf(this, new.target.prototype);
  }

  toJSON() {
    return { code: 'out-of-stock', item: this.item };
  }
}

@JsonController('/failures')
class FailuresController {
  @Get('/400')
  bad() {
    throw new BadRequestError('Say which one.');
  }

  @Get('/409')
  conflict() {
    throw new OutOfStock('tea');
  }

  @Get('/500')
  unexpected() {
    throw Object.assign(new Error('The password is secret'), { password: 'secret' });
  }
}
// #endregion

// #region middlewares
/** In front of this plugin's actions. `type: 'after'` runs when the answer is given. */
@Middleware({ type: 'before', priority: 10 })
class Timing implements ExpressMiddlewareInterface {
  use(_request: Request, response: Response, next: () => void) {
    response.set('X-Started', String(Date.now()));
    next();
  }
}

/** Changes what this plugin's actions return, before it is sent. */
@Interceptor()
class Envelope implements InterceptorInterface {
  intercept(_action: Action, result: unknown) {
    return result instanceof Object && 'limit' in result ? { data: result } : result;
  }
}

@JsonController('/limited')
@UseBefore((_request: Request, response: Response, next: () => void) => {
  response.set('X-Only-Here', 'yes');
  next();
})
class LimitedController {
  @Get()
  get() {
    return { limited: true };
  }
}
// #endregion

// #region plugin
@Plugin({
  name: 'shop',
  prefix: '/shop',
  controllers: [ItemsController, MeController, ReportsController, FailuresController, LimitedController],
  middlewares: [Timing],
  interceptors: [Envelope],
  timeouts: { requestMs: 200 },
})
export class ShopPlugin {}
// #endregion
