import type { NextFunction, Request, Response } from 'express';
import {
  BadRequestError,
  Get,
  Interceptor,
  JsonController,
  Middleware,
  NotFoundError,
  UseAfter,
  UseBefore,
  UseInterceptor,
  type Action,
  type ExpressErrorMiddlewareInterface,
  type ExpressMiddlewareInterface,
  type InterceptorInterface,
} from 'routing-controllers';

/** Who has had a part in the last request, in order. */
export const traces: string[] = [];

function mark(name: string) {
  return (_request: Request, _response: Response, next: NextFunction): void => {
    traces.push(name);
    next();
  };
}

@Middleware({ type: 'before', priority: 1 })
export class FirstBefore implements ExpressMiddlewareInterface {
  use(request: Request, response: Response, next: NextFunction): void {
    mark('first before')(request, response, next);
  }
}

@Middleware({ type: 'before', priority: 5 })
export class SecondBefore implements ExpressMiddlewareInterface {
  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    await Promise.resolve();
    mark('second before')(request, response, next);
  }
}

@Middleware({ type: 'after' })
export class LateAfter implements ExpressMiddlewareInterface {
  use(request: Request, response: Response, next: NextFunction): void {
    mark('late after')(request, response, next);
  }
}

@Middleware({ type: 'after' })
export class ErrorTaker implements ExpressErrorMiddlewareInterface {
  error(error: Error, _request: Request, response: Response, _next: NextFunction): void {
    traces.push('error taker');
    response.status(499).json({ taken: error.message });
  }
}

@Interceptor({ priority: 1 })
export class FirstInterceptor implements InterceptorInterface {
  intercept(_action: Action, result: unknown): unknown {
    traces.push('first interceptor');
    return result;
  }
}

@Interceptor({ priority: 2 })
export class SecondInterceptor implements InterceptorInterface {
  async intercept(_action: Action, result: unknown): Promise<unknown> {
    traces.push('second interceptor');
    return result;
  }
}

class UsedBefore implements ExpressMiddlewareInterface {
  use(request: Request, response: Response, next: NextFunction): void {
    mark('used before')(request, response, next);
  }
}

class Thrower implements ExpressMiddlewareInterface {
  use(): void {
    throw new NotFoundError('thrown by a class');
  }
}

class Rejecter implements ExpressMiddlewareInterface {
  async use(): Promise<void> {
    throw new BadRequestError('rejected by a class');
  }
}

class OwnInterceptor implements InterceptorInterface {
  intercept(_action: Action, result: unknown): unknown {
    return { wrapped: result };
  }
}

class FailingInterceptor implements InterceptorInterface {
  intercept(): never {
    throw new BadRequestError('intercepted');
  }
}

class RouteErrors implements ExpressErrorMiddlewareInterface {
  error(error: Error, _request: Request, _response: Response, next: NextFunction): void {
    traces.push(`route saw ${error.message}`);
    next(error);
  }
}

@UseBefore(mark('controller before'))
@UseAfter(mark('controller after'))
@UseInterceptor((_action: Action, result: unknown) => {
  traces.push('controller interceptor');
  return result;
})
@JsonController('/marked')
export class MarkedController {
  @Get('/plain')
  @UseBefore(UsedBefore, mark('action before'))
  @UseAfter(mark('action after'))
  @UseInterceptor(OwnInterceptor)
  plain() {
    traces.push('action');
    return { ok: true };
  }

  @Get('/async')
  @UseInterceptor(OwnInterceptor)
  async async() {
    return { ok: true };
  }

  @Get('/fails')
  @UseAfter(RouteErrors)
  fails() {
    throw new BadRequestError('failed');
  }

  @Get('/class-throws')
  @UseBefore(Thrower)
  classThrows() {
    return 'never';
  }

  @Get('/class-rejects')
  @UseBefore(Rejecter)
  classRejects() {
    return 'never';
  }

  @Get('/function-throws')
  @UseBefore(() => {
    throw new BadRequestError('thrown by a function');
  })
  functionThrows() {
    return 'never';
  }

  @Get('/answers')
  @UseBefore((_request: Request, response: Response) => {
    response.status(203).json({ answered: 'before' });
  })
  answers() {
    return 'never';
  }

  @Get('/intercepted-error')
  @UseInterceptor(FailingInterceptor)
  interceptedError() {
    return { ok: true };
  }
}
