import type { NextFunction, Request, Response } from 'express';
import {
  BadRequestError,
  Get,
  HttpError,
  JsonController,
  Middleware,
  NotFoundError,
  UseAfter,
  type ExpressErrorMiddlewareInterface,
  type ExpressMiddlewareInterface,
} from 'routing-controllers';
import { OwnError } from '../parity-errors.ts';
import { traces } from '../parity-middlewares.ts';
import { json, refused, row, traced, type Topic } from './row.ts';

@Middleware({ type: 'after' })
class OnlyHandler implements ExpressErrorMiddlewareInterface {
  error(error: HttpError, _request: Request, response: Response, _next: NextFunction): void {
    traces.push('only handler');
    response.status(error.httpCode).send(error.message);
  }
}

@Middleware({ type: 'after' })
class EveryHandler implements ExpressErrorMiddlewareInterface {
  error(error: Error, _request: Request, _response: Response, next: NextFunction): void {
    traces.push('every handler');
    next(error);
  }
}

@Middleware({ type: 'before' })
class Failing implements ExpressMiddlewareInterface {
  use(): void {
    throw Object.assign(new Error('before all'), { name: 'CustomError' });
  }
}

@Middleware({ type: 'after' })
class Naming implements ExpressErrorMiddlewareInterface {
  error(error: Error, _request: Request, response: Response, _next: NextFunction): void {
    traces.push(`named ${error.name}`);
    if (!response.headersSent) response.status(500).send(error.message);
  }
}

class OwnHandler implements ExpressErrorMiddlewareInterface {
  error(error: Error, _request: Request, _response: Response, next: NextFunction): void {
    traces.push('own handler');
    next(error);
  }
}

class SoftHandler implements ExpressErrorMiddlewareInterface {
  error(_error: Error, _request: Request, _response: Response, next: NextFunction): void {
    next();
  }
}

@JsonController('/failures')
class FailureController {
  @Get('/none')
  none() {
    return { id: 1 };
  }

  @Get('/unknown')
  unknown(): never {
    throw new Error('nothing there');
  }

  @Get('/missing')
  missing(): never {
    throw new NotFoundError('not there');
  }

  @Get('/own-handler')
  @UseAfter(OwnHandler)
  ownHandler(): never {
    throw new Error('handled by its own');
  }

  @Get('/soft-handler')
  @UseAfter(SoftHandler)
  softHandler(): never {
    throw new Error('handled softly');
  }

  @Get('/to-json')
  toJson(): never {
    throw new OwnError();
  }

  @Get('/class')
  class() {
    const errors = [new HttpError(418, 'teapot'), new BadRequestError('bad')];
    return errors.map((error) => [
      error.httpCode,
      error.message,
      error instanceof BadRequestError,
      error instanceof HttpError,
      error instanceof Error,
    ]);
  }

  @Get('/http-error')
  httpError(): never {
    throw new HttpError(418, 'teapot');
  }

  @Get('/bad-request')
  badRequest(): never {
    throw new BadRequestError('bad');
  }
}

export const errorTopics: readonly Topic[] = [
  {
    spec: 'error-subclasses',
    setups: [
      {
        controllers: [FailureController],
        cases: {
          'HttpError is an Error with a code': [
            row('get /failures/http-error', refused(418, 'teapot')),
            row(
              'get /failures/class',
              json([
                [418, 'teapot', false, true, true],
                [400, 'bad', true, true, true],
              ]),
            ),
          ],
          'BadRequestError is an HttpError': [row('get /failures/bad-request', refused(400, 'bad'))],
        },
      },
    ],
  },
  {
    spec: 'express-custom-error-handling',
    setups: [
      {
        controllers: [FailureController],
        middlewares: [OnlyHandler],
        options: { defaultErrorHandler: false },
        cases: {
          'without an error no handler is called': [row('get /failures/none', traced(json({ id: 1 })))],
          'an error is answered by the handler alone': [
            row('get /failures/missing', traced({ status: 404, text: 'not there' }, 'only handler')),
          ],
        },
      },
    ],
  },
  {
    spec: 'express-error-handling',
    setups: [
      {
        controllers: [FailureController],
        middlewares: [EveryHandler],
        cases: {
          'without an error no handler of all errors is called': [
            row('get /failures/none', traced(json({ id: 1 }))),
          ],
          'the handler of all errors sees one that is unknown': [
            row('get /failures/unknown', traced(refused(500), 'every handler')),
          ],
          'the handler of all errors sees one with a code': [
            row('get /failures/missing', traced(refused(404, 'not there'), 'every handler')),
          ],
          "an action's own handler comes first": [
            row('get /failures/own-handler', traced(refused(500), 'own handler', 'every handler')),
          ],
          'a handler that does not pass an error on ends its way': [
            row('get /failures/soft-handler', traced(refused(500))),
          ],
          'toJSON of an error is its answer': [
            row('get /failures/to-json', json({ status: 418, teapot: 'short and stout' }, 418)),
          ],
        },
      },
    ],
  },
  {
    spec: 'express-global-before-error-handling',
    setups: [
      {
        controllers: [FailureController],
        middlewares: [Failing, Naming],
        cases: {
          'an error of a middleware before all gets to the handler of all': [
            row('get /failures/none', traced(refused(500), 'named CustomError')),
          ],
        },
      },
    ],
  },
];
