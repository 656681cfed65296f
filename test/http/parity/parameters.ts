import type { NextFunction, Request, Response } from 'express';
import session from 'express-session';
import { ServerResponse } from 'node:http';
import {
  Controller,
  Get,
  getMetadataArgsStorage,
  Param,
  Post,
  Req,
  Res,
  Session,
  SessionParam,
  UploadedFile,
  UseBefore,
  type ExpressMiddlewareInterface,
} from 'routing-controllers';
import { differs, page, refused, row, type Topic } from './row.ts';

class UsesSession implements ExpressMiddlewareInterface {
  private readonly handle = session({ secret: 'test', resave: false, saveUninitialized: true });

  use(request: Request, response: Response, next: NextFunction): void {
    this.handle(request, response, next);
  }
}

interface Visit {
  colour?: string;
  nested?: object;
}

@Controller()
class HallController {
  @Get('/hall')
  hall(@Req() request: Request, @Res() response: Response) {
    return `<p>${request.method} ${request.path} ${response instanceof ServerResponse}</p>`;
  }

  @Get('/hall-direct')
  direct(@Res() response: Response) {
    return response.status(201).contentType('custom/x-own').send('written by hand');
  }

  @Get('/hall/:seat')
  seat(@Param('seat') seat: number) {
    return `<p>${typeof seat} ${seat}</p>`;
  }

  @Get('/hall/:row/seats/:seat')
  seats(@Param('row') row: number, @Param('seat') seat: number) {
    return `<p>${row + 1},${seat + 1}</p>`;
  }

  @Post('/session/')
  @UseBefore(UsesSession)
  remember(@Session() visit: Visit) {
    visit.colour = 'blue';
    visit.nested = { deep: true };
    return '<p>kept</p>';
  }

  @Get('/session/')
  @UseBefore(UsesSession)
  recall(@SessionParam('colour') colour: string) {
    return `<p>${colour}</p>`;
  }

  @Get('/sessionless/')
  sessionless(@SessionParam('colour') colour: string) {
    return `<p>${colour}</p>`;
  }

  @Get('/session/missing/')
  @UseBefore(UsesSession)
  missing(@SessionParam('missing', { required: false }) value: string) {
    return `<p>${value === undefined}</p>`;
  }

  @Get('/session/required/')
  @UseBefore(UsesSession)
  required(@SessionParam('missing', { required: true }) value: string) {
    return `<p>${value}</p>`;
  }
}

class Product {}

/** `@Param` makes its parameter a required one. */
function OptionalParam(name: string): ParameterDecorator {
  return (object, method, index) => {
    const args = {
      type: 'param',
      object,
      method: method as string,
      index,
      name,
      parse: false,
      required: false,
    };
    getMetadataArgsStorage().params.push(args as never);
  };
}

const setParameters =
  (value: unknown) =>
  (request: Request, _response: Response, next: NextFunction): void => {
    request.params = value as Request['params'];
    next();
  };

@Controller('/products')
class ProductController {
  @Get('/class/:id')
  ofClass(@Param('id') id: Product) {
    return `<p>${typeof id} ${String(id)}</p>`;
  }

  @Get(/\/empty\/(.*)$/)
  empty(@OptionalParam('0') id: Product) {
    return `<p>${JSON.stringify(id)}</p>`;
  }

  @Get('/number/:id')
  @UseBefore(setParameters({ id: 10_000 }))
  number(@Param('id') id: Product) {
    return `<p>${typeof id} ${String(id)}</p>`;
  }

  @Get('/nothing')
  nothing(@OptionalParam('id') id: Product) {
    return `<p>${typeof id}</p>`;
  }

  @Get('/gone')
  @UseBefore(setParameters(undefined))
  gone(@Param('uuid') uuid: Product) {
    return `<p>${typeof uuid}</p>`;
  }

  @Get('/file')
  file(@UploadedFile('uuid', { required: true }) uuid: Express.Multer.File) {
    return `<p>${typeof uuid}</p>`;
  }
}

export const parameterTopics: readonly Topic[] = [
  {
    spec: 'action-params',
    setups: [
      {
        controllers: [HallController],
        cases: {
          'request and response are given as they are': [row('get /hall', page('<p>GET /hall true</p>'))],
          'an answer written by hand is left alone': [
            row('get /hall-direct', {
              status: 201,
              type: 'custom/x-own; charset=utf-8',
              text: 'written by hand',
            }),
          ],
          'a path parameter has its type': [row('get /hall/1', page('<p>number 1</p>'))],
          'several path parameters have their own values': [
            row('get /hall/23/seats/32', page('<p>24,33</p>')),
          ],
          'a session parameter without a session is an error': [
            differs(row('get /sessionless', refused(500)), page(/needs a session/, 500), 'uncaught'),
          ],
          'a session keeps what it is given': [
            row('post /session', page('<p>kept</p>')),
            row('get /session', page('<p>blue</p>')),
          ],
          "a session's parameter may be missing": [
            row('get /session/missing', page('<p>true</p>')),
            row('get /session/required', refused(400)),
          ],
        },
      },
    ],
  },
  {
    spec: 'ActionParameterHandler',
    setups: [
      {
        controllers: [ProductController],
        cases: {
          'a string in the path stays one, whatever its type': [
            row('get /products/class/0b5e-dcd3', page('<p>string 0b5e-dcd3</p>')),
          ],
          'an empty string in the path stays one': [row('get /products/empty/', page('<p>""</p>'))],
          'a number that somebody has put into the parameters stays one': [
            row('get /products/number/1', page('<p>number 10000</p>')),
          ],
          'a parameter that the path does not have is undefined': [
            row('get /products/nothing', page('<p>undefined</p>')),
          ],
          'without any parameters one that is required is an error': [
            differs(row('get /products/gone', page(/uuid/, 500)), page(/uuid/, 500), 'uncaught'),
          ],
          'a file that is required is named': [
            row('get /products/file', page(/Uploaded file "uuid" is required for request on GET/, 400)),
          ],
        },
      },
    ],
  },
];
